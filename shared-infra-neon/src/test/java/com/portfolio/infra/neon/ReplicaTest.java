package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.testing.server.PostgresServer;
import com.portfolio.infra.testing.server.PostgresServer.StopMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that lags behind must not say that a position was never given out. */
class ReplicaTest {

    @Test
    void aReplicaRefusesToReadTheLogWhereItKnowsOfNoMoreEvents(@TempDir Path directory) throws IOException {
        try (PostgresServer server =
                PostgresServer.builder().directory(directory).fsync(false).start()) {
            PostgresDatabase postgres = server.createDatabase("replicated");
            new NeonSchema(NeonUrl.parse(postgres.libpqUrl()), TestDatabases.settings()).migrate();
            try (NeonDatabase database = NeonDatabase.open(postgres.libpqUrl(), TestDatabases.settings())) {
                new NeonEventStore(database, AccountEvent.CODEC).append("account-1", List.of(new Registered("a")));
            }
            server.stop(StopMode.FAST);
            Files.createFile(directory.resolve("data/standby.signal"));
            server.start();

            try (NeonDatabase replica = NeonDatabase.open(postgres.libpqUrl(), TestDatabases.settings())) {
                NeonEventLog log = new NeonEventLog(replica, AccountEvent.CODEC);

                assertThat(log.read(LogQuery.after(Position.START)).events()).hasSize(1);
                assertThatExceptionOfType(EventStoreFailedException.class)
                        .isThrownBy(() -> log.read(LogQuery.after(Position.of(1_000))))
                        .withMessageContaining("replica");
            }
        }
    }
}
