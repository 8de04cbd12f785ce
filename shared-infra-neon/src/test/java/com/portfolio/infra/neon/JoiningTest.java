package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.EventStoreException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.testing.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ES.9, EL.2, EL.3: appends that join a transaction of the caller's. */
class JoiningTest extends AccountsFixture {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Connection transaction;
    private EventStore joined;

    @BeforeEach
    void begin() throws SQLException {
        postgres.execute(
                "CREATE TABLE orders (id int PRIMARY KEY); GRANT ALL ON orders TO " + TestDatabases.APPLICATION);
        transaction = TestDatabases.asApplication(postgres).connect();
        transaction.setAutoCommit(false);
        joined = store.joining(transaction);
    }

    @AfterEach
    void close() throws SQLException {
        transaction.close();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = transaction.createStatement()) {
            statement.execute(sql);
        }
    }

    private int orders() throws SQLException {
        try (Connection connection = postgres.connect();
                var row = connection.createStatement().executeQuery("SELECT count(*) FROM orders")) {
            row.next();
            return row.getInt(1);
        }
    }

    private List<String> readable() {
        return log.read(LogQuery.after(Position.START)).events().stream()
                .map(RecordedEvent::payload)
                .map(String::valueOf)
                .toList();
    }

    private static String of(AccountEvent event) {
        return event.toString();
    }

    @Test
    void theServicesOwnTableAndItsEventsAreCommittedTogether() throws Exception {
        execute("INSERT INTO orders VALUES (1)");
        AppendResult result = joined.append("account-1", List.of(new Registered("a")));

        assertThat(joined.load("account-1").version()).isEqualTo(1);
        assertThat(store.load("account-1").exists()).isFalse();
        transaction.commit();

        assertThat(store.load("account-1").version()).isEqualTo(result.version());
        assertThat(orders()).isEqualTo(1);
        assertThat(log.awaitBeyond(Position.START, PATIENCE)).isTrue();
    }

    @Test
    void aRollbackLeavesNeither() throws Exception {
        execute("INSERT INTO orders VALUES (1)");
        joined.append("account-1", List.of(new Registered("a")));
        transaction.rollback();

        assertThat(store.load("account-1").exists()).isFalse();
        assertThat(orders()).isZero();
    }

    @Test
    void aRefusedOrRepeatedAppendLeavesTheTransactionUsable() throws Exception {
        AppendRequest request = AppendRequest.of("account-1", ExpectedVersion.noStream(), List.of(new Registered("a")));
        joined.append(request);

        assertThat(joined.append(request).deduplicated()).isTrue();
        assertThatExceptionOfType(WrongExpectedVersionException.class)
                .isThrownBy(() -> joined.append("account-1", ExpectedVersion.noStream(), List.of(new Registered("b"))));
        joined.append("account-1", ExpectedVersion.exactly(1), List.of(new Renamed("c")));
        transaction.commit();

        assertThat(store.load("account-1").payloads(AccountEvent.class))
                .containsExactly(new Registered("a"), new Renamed("c"));
    }

    @Test
    void anOpenAppendHoldsBackWhatWasAppendedAfterItAndNothingIsSkipped() throws Exception {
        store.append("account-1", List.of(new Registered("before")));
        joined.append("account-2", List.of(new Registered("open")));
        store.append("account-3", List.of(new Registered("after")));

        assertThat(readable()).containsExactly(of(new Registered("before")));
        transaction.commit();

        assertThat(readable())
                .containsExactly(of(new Registered("before")), of(new Registered("open")), of(new Registered("after")));
    }

    /** The rollback to the savepoint takes the registration with it, so that the next append needs its own. */
    @Test
    void anAppendAfterARollbackToASavepointHoldsTheLogBackToo() throws Exception {
        Savepoint savepoint = transaction.setSavepoint();
        joined.append("account-1", List.of(new Registered("rolled back")));
        transaction.rollback(savepoint);
        store.append("account-2", List.of(new Registered("other")));
        joined.append("account-3", List.of(new Registered("open")));
        store.append("account-4", List.of(new Registered("after")));

        assertThat(readable()).containsExactly(of(new Registered("other")));
        transaction.commit();

        assertThat(readable())
                .containsExactly(of(new Registered("other")), of(new Registered("open")), of(new Registered("after")));
    }

    /** The second append rests on the first one's registration, which a rollback to before it must not take. */
    @Test
    void aRollbackToASavepointBetweenTwoAppendsKeepsTheFirstOneRegistered() throws Exception {
        joined.append("account-1", List.of(new Registered("kept")));
        Savepoint savepoint = transaction.setSavepoint();
        joined.append("account-1", List.of(new Registered("rolled back")));
        transaction.rollback(savepoint);
        joined.append("account-1", List.of(new Registered("kept too")));
        store.append("account-2", List.of(new Registered("after")));

        assertThat(readable()).isEmpty();
        transaction.commit();

        assertThat(readable())
                .containsExactly(
                        of(new Registered("kept")), of(new Registered("kept too")), of(new Registered("after")));
    }

    @Test
    void aForgottenTransactionIsEndedByTheServerAndHoldsBackNothingAnyMore() throws Exception {
        NeonSettings impatient = TestDatabases.settings().toBuilder()
                .idleTransactionTimeout(Duration.ofMillis(300))
                .build();
        try (NeonDatabase other =
                NeonDatabase.open(TestDatabases.asApplication(postgres).libpqUrl(), impatient)) {
            EventStore forgetful = new NeonEventStore(other, AccountEvent.CODEC).joining(transaction);
            forgetful.append("account-1", List.of(new Registered("forgotten")));
            store.append("account-2", List.of(new Registered("after")));

            assertThat(log.awaitBeyond(Position.START, PATIENCE)).isTrue();

            assertThat(readable()).containsExactly(of(new Registered("after")));
            assertThatExceptionOfType(EventStoreException.class)
                    .isThrownBy(() -> forgetful.append("account-1", List.of(new Renamed("x"))))
                    .withMessageContaining("has to be rolled back");
            assertThat(store.load("account-1").exists()).isFalse();
        }
    }

    @Test
    void healthNamesTheAppendThatHoldsTheLogBackAndForHowLong() throws Exception {
        NeonHealthCheck health = NeonHealthCheck.active(database, Duration.ofMillis(1));
        long before = System.nanoTime();
        joined.append("account-1", List.of(new Registered("open")));
        long after = System.nanoTime();
        int backend;
        try (var row = transaction.createStatement().executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            backend = row.getInt(1);
        }

        HealthResult result = health.check();

        assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(result.reason())
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("held back by an append").contains("backend " + backend));
        long first = Eventually.within(PATIENCE).get("its age", () -> openFor(health.check()), age -> age > 0);
        // Less than the server lets a transaction be idle for.
        Eventually.within(PATIENCE.dividedBy(2))
                .get("a greater age", () -> openFor(health.check()), age -> age > first);
        long atLeast = secondsSince(after);
        long told = openFor(health.check());
        assertThat(told).isBetween(atLeast, secondsSince(before));
        transaction.rollback();
        Eventually.within(PATIENCE).get("health", health::check, now -> now.status() == HealthStatus.UP);
    }

    private static long secondsSince(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime).toSeconds();
    }

    private static long openFor(HealthResult result) {
        Matcher told = Pattern.compile("has been open for (\\d+) s")
                .matcher(result.reason().orElse(""));
        assertThat(told.find()).isTrue();
        return Long.parseLong(told.group(1));
    }

    @Test
    void aShorterLimitOfTheCallersStays() throws Exception {
        execute("SET LOCAL idle_in_transaction_session_timeout = '29s'");
        joined.append("account-1", List.of(new Registered("a")));

        try (var row = transaction.createStatement().executeQuery("SHOW idle_in_transaction_session_timeout")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("29s");
        }
    }

    @Test
    void theLimitEndsWithTheTransaction() throws Exception {
        joined.append("account-1", List.of(new Registered("a")));
        transaction.commit();

        try (var row = transaction.createStatement().executeQuery("SHOW idle_in_transaction_session_timeout")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("0");
        }
    }

    @Test
    void aConnectionWithoutATransactionIsRefused() throws Exception {
        transaction.setAutoCommit(true);

        assertThatIllegalStateException()
                .isThrownBy(() -> joined.append("account-1", List.of(new Registered("a"))))
                .withMessageContaining("setAutoCommit(false)");
    }

    @Test
    void aTransactionAtAHigherIsolationCanAppendToo() throws Exception {
        transaction.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        joined.append("account-1", List.of(new Registered("a")));
        transaction.commit();

        assertThat(readable()).containsExactly(of(new Registered("a")));
    }
}
