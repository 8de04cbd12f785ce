package com.portfolio.infra.testing.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A JVM of its own that starts a server and then waits to be killed. */
final class OtherJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private OtherJvm(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static OtherJvm launch(Path cache) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-D" + PostgresBinaries.CACHE_PROPERTY + "=" + cache,
                "-cp",
                System.getProperty("java.class.path")));
        // No recording of its exceptions: it would be lost with the kill.
        Optional.ofNullable(System.getProperty("tests.child.log")).ifPresent(command::add);
        command.add(Main.class.getName());
        return new OtherJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What it says next. */
    String line() throws IOException {
        return Objects.requireNonNull(output.readLine(), "the other JVM has ended");
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }

    /** What runs in it. */
    static final class Main {

        public static void main(String[] arguments) throws Exception {
            PostgresServer server = PostgresServer.builder().start();
            System.out.println(server.pid().orElseThrow());
            System.out.println(server.log().getParent());
            System.out.println(Queries.value(server.administration(), "SELECT 'ready'"));
            System.in.read();
        }
    }
}
