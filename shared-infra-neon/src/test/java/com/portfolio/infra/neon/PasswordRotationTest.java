package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.Cut;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.FaultyProxy.Direction;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.connection.ConnectionManager;
import com.portfolio.infra.utilities.connection.ConnectionPool;
import com.portfolio.infra.utilities.connection.PoolSettings;
import com.portfolio.infra.utilities.secrets.CurrentSecret;
import com.portfolio.infra.utilities.secrets.InMemorySecrets;
import com.portfolio.infra.utilities.secrets.Secret;
import com.portfolio.infra.utilities.secrets.SecretManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password that is rotated under a store that is used all the time. */
class PasswordRotationTest {

    private static final String ROLE = "neon_rotating";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int USERS = 4;
    private static final int ROTATIONS = 3;

    private static final NeonSettings SETTINGS = TestDatabases.settings().toBuilder()
            .pool(PoolSettings.alwaysOn().withMaxSize(USERS).withAcquireTimeout(PATIENCE))
            .build();

    @TempDir
    Path mount;

    private final PostgresDatabase postgres = TestDatabases.create();
    private final ConnectionManager connections = new ConnectionManager();
    private int mounted;

    @BeforeEach
    void begin() throws IOException {
        Postgres.shared().createRole(ROLE, "hunter2-0");
        new NeonSchema(NeonUrl.parse(postgres.libpqUrl()), SETTINGS).grantToApplication(ROLE);
        Files.createSymbolicLink(mount.resolve("password"), Path.of("..data", "password"));
        Files.createSymbolicLink(mount.resolve("url"), Path.of("..data", "url"));
        swap("hunter2-0");
    }

    @AfterEach
    void end() {
        connections.close(Duration.ZERO);
        Postgres.shared().dropDatabase(postgres);
    }

    private NeonUrl address() {
        return NeonUrl.parse(postgres.as(ROLE, "hunter2 of no use").libpqUrl());
    }

    private NeonDatabase open(NeonDatabaseBuilder builder) {
        return builder.settings(SETTINGS).connections(connections).open();
    }

    /** As Kubernetes does: files are links into a link to a directory, and that link is replaced at once. */
    private void swap(String password) throws IOException {
        Path directory = Files.createDirectory(mount.resolve("..2026_" + mounted++));
        Files.writeString(directory.resolve("password"), password + "\n");
        Files.writeString(directory.resolve("url"), postgres.as(ROLE, password).libpqUrl());
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), directory.getFileName());
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Changes the password, and tells the moment since when no session may have begun with the old one. */
    @FunctionalInterface
    private interface Rotation {

        OffsetDateTime rotate(String old, String next) throws IOException, SQLException;
    }

    private void rotateUnder(Load load, String passwords, Rotation rotation) throws IOException, SQLException {
        for (int number = 1; number <= ROTATIONS; number++) {
            load.goesOn();
            OffsetDateTime changed = rotation.rotate(passwords + (number - 1), passwords + number);
            allSessionsBeganAfter(changed);
        }
        load.endsWithoutAFailure();
    }

    /** Nobody looks at the file but because the server refused its password. */
    @Test
    void noCallFailsWhereTheServerHasTheNewPasswordFirst() throws Exception {
        try (SecretManager secrets = SecretManager.directory(mount, Duration.ofDays(1));
                CurrentSecret password = secrets.current("password");
                NeonDatabase database = open(NeonDatabase.builder(address()).password(password));
                Load load = new Load(database)) {
            rotateUnder(load, "hunter2-", (old, next) -> {
                Postgres.shared().createRole(ROLE, next);
                OffsetDateTime changed = serverTime();
                isRefused(old);
                pool().evict();
                load.waits();

                swap(next);

                load.goesOn();
                assertThat(password.get().reveal()).isEqualTo(next);
                return changed;
            });
        }
    }

    @Test
    void noCallFailsWhereTheFileHasTheNewPasswordFirst() throws Exception {
        try (SecretManager secrets = SecretManager.directory(mount, Duration.ofMillis(50));
                CurrentSecret password = secrets.current("password");
                NeonDatabase database = open(NeonDatabase.builder(address()).password(password));
                Load load = new Load(database)) {
            rotateUnder(load, "hunter2-", (old, next) -> {
                swap(next);
                load.waits();

                OffsetDateTime changed = serverTime();
                Postgres.shared().createRole(ROLE, next);

                load.goesOn();
                isRefused(old);
                return changed;
            });
        }
    }

    /** The pool rests for longer after each refusal; the ninth is two and a half seconds after the first. */
    @Test
    void noCallFailsWhereTheServerFollowsTheFileSecondsLater() throws Exception {
        try (CountedRefusals secrets = new CountedRefusals(SecretManager.directory(mount, Duration.ofMillis(50)));
                CurrentSecret password = secrets.current("password");
                NeonDatabase database = open(NeonDatabase.builder(address()).password(password));
                Load load = new Load(database)) {
            load.goesOn();
            swap("hunter2-1");
            Eventually.within(PATIENCE).holds("nine refusals", () -> secrets.refusals.get() >= 9);
            load.waits();

            Postgres.shared().createRole(ROLE, "hunter2-1");

            load.goesOn();
            load.endsWithoutAFailure();
        }
    }

    @Test
    void noCallFailsWhereThePasswordIsAPartOfTheUrl() throws Exception {
        try (SecretManager secrets = SecretManager.directory(mount, Duration.ofMillis(50));
                CurrentSecret url = secrets.current("url");
                NeonDatabase database = open(NeonDatabase.builder(url));
                Load load = new Load(database)) {
            rotateUnder(load, "hunter2@/w%rd?", (old, next) -> {
                OffsetDateTime changed = serverTime();
                Postgres.shared().createRole(ROLE, next);
                swap(next);

                load.goesOn();
                return changed;
            });
        }
    }

    /** An append whose connection broke is repeated past the pool. */
    @Test
    void anAppendInDoubtWaitsForThePasswordToo() throws Exception {
        try (FaultyProxy proxy = FaultyProxy.to(postgres.address());
                InMemorySecrets secrets = new InMemorySecrets()) {
            secrets.put("db", Secret.of("hunter2-0"));
            NeonUrl address = NeonUrl.parse(
                    postgres.as(ROLE, "hunter2").through(proxy.address()).libpqUrl());
            PoolSettings small = PoolSettings.scaleToZero().withAcquireTimeout(PATIENCE);
            try (CurrentSecret password = secrets.current("db");
                    NeonDatabase database = NeonDatabase.builder(address)
                            .settings(SETTINGS.toBuilder()
                                    .pool(small)
                                    .inDoubtTimeout(PATIENCE)
                                    .build())
                            .password(password)
                            .open()) {
                NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
                store.append("account-1", List.of(new Registered("a")));
                Postgres.shared().createRole(ROLE, "hunter2-1");
                Cut cut = proxy.cutAfter(Direction.TO_CLIENT, 1);

                CompletableFuture<Long> version = CompletableFuture.supplyAsync(() ->
                        store.append("account-1", List.of(new Renamed("b"))).version());
                Eventually.within(PATIENCE)
                        .holds(
                                "a refused login",
                                () -> database.vitals()
                                        .failure()
                                        .filter(failure -> failure.reason().contains("password authentication failed"))
                                        .isPresent());
                assertThat(version).isNotDone();
                secrets.put("db", Secret.of("hunter2-1"));

                assertThat(version.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(2);
                assertThat(cut.happened()).isTrue();
            }
        }
    }

    private ConnectionPool pool() {
        return connections.pools().get(0);
    }

    private void isRefused(String password) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> postgres.as(ROLE, password).connect().close())
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    private OffsetDateTime serverTime() throws SQLException {
        try (Connection connection = postgres.connect();
                ResultSet row = connection.createStatement().executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class);
        }
    }

    /** Those that were in use are closed when they are given back, in the background. */
    private void allSessionsBeganAfter(OffsetDateTime moment) {
        Eventually.within(PATIENCE)
                .get(
                        "sessions that began after " + moment,
                        this::sessions,
                        began -> !began.isEmpty() && began.stream().allMatch(moment::isBefore));
    }

    private List<OffsetDateTime> sessions() throws SQLException {
        List<OffsetDateTime> began = new ArrayList<>();
        try (Connection connection = postgres.connect();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("SELECT backend_start FROM pg_stat_activity WHERE usename = '" + ROLE + "'")) {
            while (rows.next()) {
                began.add(rows.getObject(1, OffsetDateTime.class));
            }
        }
        return began;
    }

    /** Secrets of another manager; a login that was refused is known by its asking for a newer password. */
    private static final class CountedRefusals implements SecretManager {

        private final SecretManager secrets;
        private final AtomicInteger refusals = new AtomicInteger();

        CountedRefusals(SecretManager secrets) {
            this.secrets = secrets;
        }

        @Override
        public Optional<Secret> find(String name) {
            return secrets.find(name);
        }

        @Override
        public Registration onRotation(String name, Consumer<? super Secret> listener) {
            return secrets.onRotation(name, listener);
        }

        @Override
        public void lookAgain(String name) {
            refusals.incrementAndGet();
            secrets.lookAgain(name);
        }

        @Override
        public String where() {
            return secrets.where();
        }

        @Override
        public void close() {
            secrets.close();
        }
    }

    /** Several threads that append, load and read the log without a pause. */
    private final class Load implements AutoCloseable {

        private final NeonEventStore store;
        private final NeonEventLog log;
        private final List<Thread> threads = new ArrayList<>();
        private final List<AtomicInteger> rounds = new ArrayList<>();
        private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        private volatile boolean ended;

        Load(NeonDatabase database) {
            store = new NeonEventStore(database, AccountEvent.CODEC);
            log = new NeonEventLog(database, AccountEvent.CODEC);
            for (int user = 0; user < USERS; user++) {
                String stream = "account-" + user;
                AtomicInteger done = new AtomicInteger();
                rounds.add(done);
                Thread thread = new Thread(() -> use(stream, done), "user-" + user);
                threads.add(thread);
                thread.start();
            }
        }

        private void use(String stream, AtomicInteger done) {
            while (!ended) {
                try {
                    store.append(stream, List.of(new Renamed("x")));
                    store.load(stream);
                    log.read(LogQuery.after(Position.START).limit(10));
                } catch (RuntimeException e) {
                    failures.add(e);
                }
                done.incrementAndGet();
            }
        }

        /** Each thread makes some rounds more. */
        void goesOn() {
            List<Integer> goals = rounds.stream().map(done -> done.get() + 5).toList();
            Eventually.within(PATIENCE).holds("rounds of all", () -> {
                for (int user = 0; user < USERS; user++) {
                    if (rounds.get(user).get() < goals.get(user)) {
                        return false;
                    }
                }
                return true;
            });
            assertThat(failures).isEmpty();
        }

        /** Each thread waits for a connection. */
        void waits() {
            Eventually.within(PATIENCE)
                    .holds("users who wait", () -> pool().figures().waiting() == USERS);
        }

        void endsWithoutAFailure() {
            close();
            assertThat(failures).isEmpty();
            for (int user = 0; user < USERS; user++) {
                assertThat(store.load("account-" + user).version())
                        .isEqualTo(rounds.get(user).get());
            }
        }

        @Override
        public void close() {
            ended = true;
            Eventually.within(PATIENCE)
                    .holds("the end of all", () -> threads.stream().noneMatch(Thread::isAlive));
        }
    }
}
