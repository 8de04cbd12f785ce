package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.testing.server.PostgresServer;
import com.portfolio.infra.testing.server.TestCertificates;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A service whose configuration says nothing of encryption talks to nobody else without it. */
class ConfiguredTlsTest {

    /** This machine, by a name that nobody takes for it. */
    private static final String OTHER_MACHINE = "127.1";

    private static final TestCertificates CERTIFICATES = TestCertificates.create();
    private static final PostgresServer SERVER =
            PostgresServer.builder().tls(CERTIFICATES.server()).start();

    @AfterAll
    static void stop() {
        SERVER.close();
        CERTIFICATES.close();
    }

    private static PostgresDatabase elsewhere(PostgresDatabase database) {
        return new PostgresDatabase(
                OTHER_MACHINE, database.port(), database.name(), database.user(), database.password(), Map.of());
    }

    private static void isRefused(InfrastructureConfig config, String why) {
        assertThatThrownBy(() -> Infrastructure.open(config, AccountEvent.CODEC))
                .isInstanceOf(EventStoreFailedException.class)
                .satisfies(e -> assertThat(e.getMessage()).containsIgnoringCase(why));
    }

    @Test
    void aServerThatDoesNotEncryptIsRefused() {
        isRefused(Configured.postgres(elsewhere(Postgres.shared().administration())), "does not support SSL");
    }

    @Test
    void aServerWhoseAuthorityNobodyKnowsIsRefusedAlsoWhereTheUrlIsContentWithAnyCertificate() {
        PostgresDatabase server = elsewhere(SERVER.administration());
        isRefused(Configured.postgres(server), "SSL error");
        isRefused(Configured.postgres(server.with("sslmode", "require")), "SSL error");
    }

    @Test
    void aServerWithTheCertificateOfAnotherNameIsRefused() {
        PostgresDatabase server = elsewhere(SERVER.administration())
                .with("sslrootcert", CERTIFICATES.authority().toString());
        isRefused(Configured.postgres(server), "hostname");
    }

    @Test
    void whoSaysSoInSoManyWordsIsNotEncrypted() {
        PostgresDatabase server = elsewhere(Postgres.shared().administration()).with("sslmode", "disable");
        isRefused(Configured.postgres(server), "NeonSchema.migrate()");
        isRefused(Configured.postgres(elsewhere(SERVER.administration()).with("sslmode", "disable")), "no encryption");
        PostgresDatabase asWritten = elsewhere(SERVER.administration()).with("sslmode", "prefer");
        isRefused(Configured.postgres(asWritten, "DATABASE_TLS", "as-written"), "NeonSchema.migrate()");
    }
}
