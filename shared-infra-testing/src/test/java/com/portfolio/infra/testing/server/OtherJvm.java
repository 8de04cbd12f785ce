package com.portfolio.infra.testing.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** A JVM of its own that starts a server and then waits to be killed. */
final class OtherJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private OtherJvm(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static OtherJvm launch(Path cache) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-D" + PostgresBinaries.CACHE_PROPERTY + "=" + cache,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new OtherJvm(process);
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
