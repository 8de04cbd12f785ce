package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.resilience.FailureKind;
import com.portfolio.infra.utilities.resilience.FailureKinds;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.RetryPolicy;
import java.security.cert.CertificateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

class NeonFailureClassifierTest {

    private final PostgresDatabase postgres = TestDatabases.create();
    private final Resilience resilience = Resilience.builder("reports")
            .retry(RetryPolicy.builder()
                    .maxAttempts(2)
                    .base(Duration.ofNanos(1))
                    .cap(Duration.ofNanos(1))
                    .build())
            .build();
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        resilience.close();
        Postgres.shared().dropDatabase(postgres);
    }

    private static FailureKind kindOf(Throwable failure) {
        return FailureKinds.with(List.of()).of(failure);
    }

    /** The first statement of all takes too long, or is wrong. */
    private int query(String first) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '100ms'");
            statement.execute(calls.incrementAndGet() == 1 ? first : "SELECT 1");
            return calls.get();
        }
    }

    @Test
    void aStatementOfTheServicesOwnThatTheServerCancelledIsRepeated() throws Exception {
        assertThat(resilience.call(() -> query("SELECT pg_sleep(60)")).intValue())
                .isEqualTo(2);
    }

    @Test
    void aConnectionThatTheServerEndedIsTriedAgain() throws Exception {
        assertThat(resilience
                        .call(() -> query("SELECT pg_terminate_backend(pg_backend_pid())"))
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void aStatementThatIsWrongIsNotRepeated() {
        assertThatThrownBy(() -> resilience.call(() -> query("SELECT of_nothing()")))
                .isInstanceOf(PSQLException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void whatTheProxySaysOfAComputeThatWakesUpIsTransient() {
        assertThat(kindOf(new PSQLException(
                        new ServerErrorMessage("SERROR\0CXX000\0MCouldn't connect to compute node\0"))))
                .isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void aRefusedCertificateIsPermanentAlsoWithinAPoolsException() {
        PSQLException refused = new PSQLException(
                "SSL error", PSQLState.CONNECTION_FAILURE, new CertificateException("of somebody else"));

        assertThat(kindOf(new SQLTransientConnectionException("no connection", refused)))
                .isEqualTo(FailureKind.PERMANENT);
    }

    @Test
    void ofOtherDriversItSaysNothing() {
        assertThat(new NeonFailureClassifier().classify(new SQLException("busy", "53300")))
                .isEmpty();
        assertThat(new NeonFailureClassifier().classify(new IllegalStateException(new SQLException("busy", "53300"))))
                .isEmpty();
    }
}
