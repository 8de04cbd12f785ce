package com.portfolio.infra.neon;

import com.portfolio.infra.testing.contract.EventLogContract;
import com.portfolio.infra.testing.contract.EventStoreFixture;
import org.junit.jupiter.api.AfterAll;

class NeonEventLogContractTest extends EventLogContract {

    private static final NeonFixture NEON = NeonFixture.direct();

    @Override
    protected EventStoreFixture fixture() {
        return NEON;
    }

    @AfterAll
    static void close() {
        NEON.close();
    }
}
