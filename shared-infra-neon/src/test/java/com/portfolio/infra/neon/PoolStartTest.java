package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.Cut;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.FaultyProxy.Direction;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolStartTest {

    /** HikariCP asks the first connection for its isolation level; without an answer it sets level -1 from then on. */
    @Test
    void aPoolWhoseFirstConnectionIsCutWhileItIsSetUpRecovers() {
        PostgresDatabase postgres = TestDatabases.create();
        try (FaultyProxy proxy = FaultyProxy.to(postgres.address())) {
            Cut cut = proxy.cutAt(
                    Direction.TO_SERVER, "SHOW TRANSACTION ISOLATION LEVEL".getBytes(StandardCharsets.US_ASCII));
            try (NeonDatabase database = NeonDatabase.open(
                    TestDatabases.asApplication(postgres)
                            .through(proxy.address())
                            .libpqUrl(),
                    TestDatabases.settings())) {
                NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);

                Eventually.within(Duration.ofSeconds(30)).holds("an append", () -> {
                    try {
                        store.append("account-1", List.of(new Renamed("a")));
                        return true;
                    } catch (EventStoreUnavailableException e) {
                        return false;
                    }
                });

                assertThat(cut.happened()).isTrue();
            }
        } finally {
            Postgres.shared().dropDatabase(postgres);
        }
    }
}
