package com.portfolio.infra.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.testing.server.PostgresServer.StopMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @Test
    void aServerStartsWithPostgresql18AndTheSettingsThatItWasGiven() throws SQLException {
        try (PostgresServer server = PostgresServer.builder()
                .fsync(true)
                .setting("work_mem", "7MB")
                .setting("application_name", "it's\\odd")
                .start()) {
            PostgresDatabase database = server.administration();

            assertThat(Queries.value(database, "SHOW server_version")).startsWith("18.");
            assertThat(Queries.value(database, "SHOW fsync")).isEqualTo("on");
            assertThat(Queries.value(database, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(Queries.value(database, "SHOW work_mem")).isEqualTo("7MB");
            assertThat(Queries.value(database, "SELECT setting FROM pg_file_settings WHERE name = 'application_name'"))
                    .isEqualTo("it's\\odd");
        }
    }

    @Test
    void fsyncIsOffUnlessAskedFor() throws SQLException {
        try (PostgresServer server = PostgresServer.builder().start()) {
            assertThat(Queries.value(server.administration(), "SHOW fsync")).isEqualTo("off");
        }
    }

    @Test
    void dataAndPortSurviveAFastStop() throws SQLException {
        assertDataSurvives(server -> server.stop(StopMode.FAST));
    }

    @Test
    void dataAndPortSurviveAnImmediateStop() throws SQLException {
        assertDataSurvives(server -> server.stop(StopMode.IMMEDIATE));
    }

    @Test
    void dataAndPortSurviveSigkill() throws SQLException {
        assertDataSurvives(PostgresServer::kill);
    }

    private interface Ending {
        void of(PostgresServer server);
    }

    private static void assertDataSurvives(Ending ending) throws SQLException {
        try (PostgresServer server = PostgresServer.builder().fsync(true).start()) {
            int port = server.port();
            PostgresDatabase database = server.createDatabase("orders");
            database.execute("CREATE TABLE kept (n int); INSERT INTO kept SELECT generate_series(1, 1000)");
            List<ProcessHandle> family = family(server);

            ending.of(server);

            assertThat(server.isRunning()).isFalse();
            assertThat(server.pid()).isEmpty();
            assertThat(family).hasSizeGreaterThan(3).noneMatch(ServerProcess::isRunning);
            assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);

            server.start();

            assertThat(server.port()).isEqualTo(port);
            assertThat(Queries.value(database, "SELECT count(*) FROM kept")).isEqualTo("1000");
        }
    }

    @Test
    void sigkillLeavesSomethingToRecoverAndAFastStopDoesNot() throws Exception {
        try (PostgresServer server = PostgresServer.builder().start()) {
            server.stop(StopMode.FAST);
            server.start();
            assertThat(Files.readString(server.log())).doesNotContain("was not properly shut down");

            server.kill();
            server.start();
            assertThat(Files.readString(server.log())).contains("was not properly shut down");
        }
    }

    @Test
    void aCrashedSessionTakesTheOthersWithItAndTheServerRecovers() throws SQLException {
        try (PostgresServer server = PostgresServer.builder().start();
                Connection victim = server.administration().connect();
                Connection bystander = server.administration().connect()) {
            server.crash(Long.parseLong(Queries.value(victim, "SELECT pg_backend_pid()")));

            assertThatThrownBy(() -> Queries.value(victim, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> Queries.value(bystander, "SELECT 1")).isInstanceOf(SQLException.class);
            server.awaitConnections();
            assertThat(Queries.value(server.administration(), "SELECT 'back'")).isEqualTo("back");
        }
    }

    @Test
    void onlyASessionOfTheServerCanBeCrashed() {
        try (PostgresServer server = PostgresServer.builder().start()) {
            long own = ProcessHandle.current().pid();
            assertThatThrownBy(() -> server.crash(own))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not a session of this server");
        }
    }

    @Test
    void aGivenDirectoryIsKeptForTheNextServer(@TempDir Path directory) throws SQLException {
        try (PostgresServer first =
                PostgresServer.builder().directory(directory).start()) {
            first.createDatabase("orders").execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (PostgresServer second =
                PostgresServer.builder().directory(directory).start()) {
            assertThat(Queries.value(second.database("orders"), "SELECT answer FROM kept"))
                    .isEqualTo("42");
        }
    }

    @Test
    void aClosedServerLeavesNeitherProcessNorDirectory() {
        PostgresServer server = PostgresServer.builder().start();
        List<ProcessHandle> family = family(server);
        Path directory = server.log().getParent();

        server.close();
        server.close();

        assertThat(family).noneMatch(ServerProcess::isRunning);
        assertThat(directory).doesNotExist();
        assertThatThrownBy(server::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The server was closed.");
    }

    @Test
    void aServerThatRunsCanNotBeStartedAgain() {
        try (PostgresServer server = PostgresServer.builder().start()) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The server runs already.");
        }
    }

    @Test
    void aStartThatFailsShowsTheLogAndLeavesNothing(@TempDir Path directory) {
        assertThatThrownBy(() -> PostgresServer.builder()
                        .directory(directory)
                        .setting("shared_buffers", "plenty")
                        .start())
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("shared_buffers");
        assertThat(ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().arguments().stream().flatMap(Stream::of)))
                .noneMatch(argument -> argument.startsWith(directory.toString()));
    }

    @Test
    void aSettingThatTheServerNeedsForItselfIsRefused() {
        for (String name : List.of("port", "ssl", "ssl_cert_file", "no name", "")) {
            assertThatThrownBy(() -> PostgresServer.builder().setting(name, "on"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aServerEndsWithItsJvmEvenIfThatIsKilled(@TempDir Path cache) throws Exception {
        try (OtherJvm first = OtherJvm.launch(cache);
                OtherJvm second = OtherJvm.launch(cache)) {
            for (OtherJvm jvm : List.of(first, second)) {
                ProcessHandle server =
                        ProcessHandle.of(Long.parseLong(jvm.line())).orElseThrow();
                Path directory = Path.of(jvm.line());
                assertThat(jvm.line()).isEqualTo("ready");
                List<ProcessHandle> family =
                        Stream.concat(Stream.of(server), server.descendants()).toList();
                assertThat(directory).exists();

                jvm.kill();

                assertThat(Waiting.until(
                                Duration.ofMinutes(1), () -> family.stream().noneMatch(ServerProcess::isRunning)))
                        .as("every process ends")
                        .isTrue();
                assertThat(Waiting.until(Duration.ofMinutes(1), () -> Files.notExists(directory)))
                        .as("the directory goes")
                        .isTrue();
            }
        }
    }

    @Test
    void aServerRunsInEveryWayThatThisMachinePermits() throws Exception {
        assertThat(ServerUser.available()).isNotEmpty();
        for (ServerUser user : ServerUser.available()) {
            try (PostgresServer server = PostgresServer.builder().runAs(user).start()) {
                assertThat(Queries.value(server.administration(), "SELECT 1"))
                        .as(user.toString())
                        .isEqualTo("1");
                server.kill();
                server.start();
                assertThat(Queries.value(server.administration(), "SELECT 2"))
                        .as(user.toString())
                        .isEqualTo("2");
            }
        }
    }

    private static List<ProcessHandle> family(PostgresServer server) {
        ProcessHandle first = ProcessHandle.of(server.pid().orElseThrow()).orElseThrow();
        return Stream.concat(Stream.of(first), first.descendants()).toList();
    }
}
