package com.portfolio.infra.kafka;

import com.portfolio.infra.testing.contract.MessageBusContract;
import com.portfolio.infra.testing.contract.MessageBusFixture;
import com.portfolio.infra.testing.server.KafkaServer;
import com.portfolio.infra.utilities.configuration.KafkaConfig.GroupProtocol;
import org.junit.jupiter.api.AfterAll;

/** The kit with the group protocol {@code classic}. */
class ClassicGroupsContractTest extends MessageBusContract {

    private static final KafkaServer SERVER = KafkaFixture.startServer();

    @Override
    protected MessageBusFixture fixture() {
        return new KafkaFixture(SERVER, GroupProtocol.CLASSIC);
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }
}
