package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonProjectionStore;
import com.portfolio.infra.neon.NeonSettings;
import com.portfolio.infra.ports.projection.Document;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.testing.server.PostgresServer;
import com.portfolio.infra.testing.server.PostgresServer.StopMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The program on PostgreSQL. */
class DatabaseTest {

    private static PostgresServer server;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.builder().start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void aFileThatIsRunTwiceIsCarriedOutOnce() {
        PostgresDatabase database = newDatabase();

        ProgramRun first = ProgramRun.of(url(database), "", "--migrate");
        ProgramRun second = ProgramRun.of(url(database), "");

        assertThat(first.status()).as(first.err()).isZero();
        SampleTotals.assertAllOfTheSample(first);
        SampleTotals expected = SampleTotals.ofTheSample();
        assertThat(second.status()).as(second.err()).isZero();
        assertThat(second.number("accepted")).isZero();
        assertThat(second.number("done before")).isEqualTo(expected.accepted());
        expected.assertRejections(second);
        assertThat(second.number("Events stored")).isZero();
        assertThat(second.number("Messages published")).isZero();
        assertThat(accounts(database)).isEqualTo(expected.accounts());
    }

    @Test
    void aRunThatIsKilledHalfWayIsFinishedByTheNext() throws Exception {
        PostgresDatabase database = newDatabase();
        List<String> lines = SampleGenerator.lines();
        try (ChildProgram program = ChildProgram.start(url(database), "--migrate", "-")) {
            feed(program, lines.subList(0, 6_000));
            program.err().await(text -> text.contains(" commands so far"));
            program.kill();
            program.exit();
        }

        ProgramRun rest = ProgramRun.of(url(database), "");

        SampleTotals expected = SampleTotals.ofTheSample();
        assertThat(rest.status()).as(rest.err()).isZero();
        assertThat(rest.number("done before")).isPositive();
        assertThat(rest.number("accepted") + rest.number("done before")).isEqualTo(expected.accepted());
        expected.assertRejections(rest);
        assertThat(rest.number("Users projected")).isEqualTo(expected.accounts().size());
        assertThat(accounts(database)).isEqualTo(expected.accounts());
    }

    @Test
    void aDatabaseThatGoesAwayInTheMiddleIsSaidToAndTheNextRunGoesOn() {
        List<String> lines = SampleGenerator.lines();
        try (PostgresServer own = PostgresServer.builder().start()) {
            Map<String, String> url = url(own.administration());
            InputStream input = new SequenceInputStream(
                    bytes(lines.subList(0, 3_000)),
                    new SequenceInputStream(new Doing(() -> own.stop(StopMode.FAST)), bytes(lines)));

            ProgramRun broken = ProgramRun.of(url, input, "--migrate", "-");
            own.start();
            ProgramRun rest = ProgramRun.of(url, "");

            assertThat(broken.status()).isEqualTo(1);
            assertThat(broken.err()).contains("Running it again goes on: nothing is done twice.");
            assertThat(broken.out()).contains("carried out in part").contains("DOWN");
            assertThat(broken.number("accepted")).isPositive();
            SampleTotals expected = SampleTotals.ofTheSample();
            assertThat(rest.status()).as(rest.err()).isZero();
            assertThat(rest.number("accepted") + rest.number("done before")).isEqualTo(expected.accepted());
            assertThat(accounts(own.administration())).isEqualTo(expected.accounts());
        }
    }

    /** An input without bytes, that does something when it is read. */
    private static final class Doing extends InputStream {

        private final Runnable action;

        Doing(Runnable action) {
            this.action = action;
        }

        @Override
        public int read() {
            return read(new byte[1], 0, 1);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            action.run();
            return -1;
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsSaidToBe() throws Exception {
        ProgramRun run = refused(Map.of("DATABASE_URL", "postgres://app:hunter2@127.0.0.1:1/shop"));

        assertThat(run.err()).startsWith("Connecting to the PostgreSQL of DATABASE_URL at 127.0.0.1:1.\n");
        assertOneSentence(run);
    }

    @Test
    void aUrlThatIsNoneIsSaidToBe() throws Exception {
        ProgramRun run = refused(Map.of("DATABASE_URL", "mysql://app:hunter2@127.0.0.1/shop"));

        assertThat(run.err())
                .startsWith("The configuration has a problem: DATABASE_URL (environment variable) must ")
                .contains("postgresql://");
        assertOneSentence(run);
    }

    @Test
    void aUrlWithAParameterThatNobodyKnowsIsSaidToBe() throws Exception {
        ProgramRun run = refused(Map.of("DATABASE_URL", "postgresql://app:hunter2@127.0.0.1/shop?nonsense=1"));

        assertThat(run.err()).startsWith("DATABASE_URL can't be used.").contains("nonsense");
        assertOneSentence(run);
    }

    @Test
    void anotherProviderIsTakenAtItsWord() throws Exception {
        ProgramRun memory = ProgramRun.of(Map.of("EVENT_STORE_PROVIDER", "memory"), "\n", "-");
        assertThat(memory.err())
                .contains(" on memory; messages go through a bus in memory.")
                .doesNotContain("embedded");

        ProgramRun neon = refused(Map.of("EVENT_STORE_PROVIDER", "neon"));
        assertThat(neon.err())
                .isEqualTo("The configuration has a problem: DATABASE_URL or DATABASE_URL_FILE is required with"
                        + " EVENT_STORE_PROVIDER=neon.\n");

        ProgramRun redis = refused(Map.of(
                "DATABASE_URL", url(newDatabase()).get("DATABASE_URL"),
                "MESSAGE_BUS_PROVIDER", "redis",
                "REDIS_URL", "redis://localhost:6379"));
        assertThat(redis.err()).contains("redis will be in a later com.portfolio.infra:shared-infra-redis");
        assertOneSentence(redis);
    }

    @Test
    void theVariablesOfTheConfigurationCount() {
        PostgresDatabase database = newDatabase();
        Map<String, String> environment = new HashMap<>(url(database));
        environment.put("EVENT_STORE_PROVIDER", "neon");
        environment.put("DATABASE_SCHEMA", "elsewhere");
        environment.put("DB_POOL_SIZE", "3");

        ProgramRun run = ProgramRun.of(environment, "\n", "--migrate", "-");

        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(ProgramRun.of(environment, "\n", "-").status()).isEqualTo(2);
        assertThat(ProgramRun.of(url(database), "\n", "-").err()).contains("Schema 'quickstart'");
    }

    @Test
    void memoryIsMemoryWhateverTheEnvironmentSays() {
        ProgramRun run = ProgramRun.of(
                Map.of("DATABASE_URL", "postgres://app:hunter2@127.0.0.1:1/shop", "EVENT_STORE_PROVIDER", "postgres"),
                "\n",
                "--memory",
                "-");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(" on memory; messages go through a bus in memory.");
    }

    @Test
    void aWrongPasswordIsSaidToBe() throws Exception {
        PostgresDatabase database = server.administration();

        ProgramRun run = refused(
                Map.of("DATABASE_URL", database.as(database.user(), "hunter2").libpqUrl()));

        assertThat(run.err()).contains("password authentication failed");
        assertOneSentence(run);
    }

    @Test
    void aDatabaseWithoutTablesIsSaidToBe() throws Exception {
        ProgramRun run = refused(url(newDatabase()));

        assertThat(run.err()).contains("Schema 'quickstart'").contains("--migrate");
        assertOneSentence(run);
    }

    @Test
    void aTableThatIsMissingIsSaidToBe() throws Exception {
        PostgresDatabase database = newDatabase();
        assertThat(ProgramRun.of(url(database), "\n", "--migrate", "-").status())
                .isEqualTo(2);
        database.execute("DROP TABLE quickstart.events CASCADE");

        ProgramRun run = refused(url(database));

        assertThat(run.err()).contains("events");
        assertOneSentence(run);
    }

    @Test
    void aLineThatIsNoCommandAndAPayloadThatCannotBeWrittenAreSaidInASentenceEach() throws Exception {
        String register = "{\"id\":\"1\",\"command\":\"register\",\"user\":\"ada\",\"email\":\"ada@example.org\"}";
        String unwritable =
                register.replace("\"1\"", "\"2\"").replace("ada", "eve").replace("eve@", "\\uD800@");

        ProgramRun run = child(url(newDatabase()), List.of(register, "nonsense", unwritable), "--migrate", "-");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.number("accepted")).isEqualTo(1);
        assertThat(run.err().lines().filter(line -> !isProgress(line)))
                .as(run.err())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("  line 2 is not JSON"))
                .anySatisfy(
                        line -> assertThat(line).startsWith("  line 3 failed: ").contains("email"));
    }

    /** A run in a JVM of its own, whose standard error holds what libraries log as well. */
    private static ProgramRun child(Map<String, String> environment, List<String> lines, String... args)
            throws Exception {
        try (ChildProgram program = ChildProgram.start(environment, args)) {
            feed(program, lines);
            program.in().close();
            int status = program.exit();
            return new ProgramRun(status, program.out().text(), program.err().text());
        }
    }

    private static ProgramRun refused(Map<String, String> environment) throws Exception {
        try (ChildProgram program = ChildProgram.start(environment)) {
            int status = program.exit();
            ProgramRun run =
                    new ProgramRun(status, program.out().text(), program.err().text());
            assertThat(run.status()).as(run.err()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            return run;
        }
    }

    private static boolean isProgress(String line) {
        return line.startsWith("Connecting to ")
                || line.contains(": carrying out commands with ")
                || line.contains(" commands so far");
    }

    private static void assertOneSentence(ProgramRun run) {
        assertThat(run.err().lines().filter(line -> !isProgress(line)))
                .as(run.err())
                .hasSize(1);
        assertThat(run.err()).doesNotContain("hunter2").doesNotContain("Exception");
    }

    private static PostgresDatabase newDatabase() {
        return server.createDatabase(
                "quickstart_" + UUID.randomUUID().toString().replace("-", ""));
    }

    private static Map<String, String> url(PostgresDatabase database) {
        return Map.of("DATABASE_URL", database.libpqUrl());
    }

    private static InputStream bytes(List<String> lines) {
        return new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void feed(ChildProgram program, List<String> lines) throws IOException {
        OutputStream in = program.in();
        in.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** The accounts as the projection in the database shows them. */
    private static Map<String, Account> accounts(PostgresDatabase database) {
        Map<String, Account> accounts = new HashMap<>();
        NeonSettings settings =
                NeonSettings.alwaysOn().toBuilder().schema("quickstart").build();
        try (NeonDatabase neon = NeonDatabase.open(database.libpqUrl(), settings)) {
            ProjectionStore<UserView> users = new NeonProjectionStore<>(neon, "users", UserView.class);
            Optional<PageRequest> next = Optional.of(PageRequest.first(PageRequest.MAX_LIMIT));
            while (next.isPresent()) {
                DocumentPage<UserView> page = users.list(next.get());
                for (Document<UserView> user : page.documents()) {
                    UserView view = user.value();
                    accounts.put(
                            user.id(),
                            new Account(
                                    view.active() ? Account.Status.ACTIVE : Account.Status.DEACTIVATED, view.email()));
                }
                next = page.next();
            }
        }
        return accounts;
    }
}
