package com.portfolio.infra.testing.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short command of the operating system to its end. */
final class Command {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /**
     * How a command ended.
     *
     * @param exitCode its exit code
     * @param output   what it wrote, errors included
     */
    record Result(int exitCode, String output) {

        boolean succeeded() {
            return exitCode == 0;
        }
    }

    private Command() {}

    /** Runs {@code command} in {@code directory} and returns how it ended. */
    static Result run(Path directory, List<String> command) {
        try {
            Path output = Files.createTempFile("shared-infra-command", ".txt");
            try {
                Process process = prepare(directory, command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new EmbeddedServerException("'" + command.get(0) + "' did not end within " + TIMEOUT + ".");
                }
                return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new EmbeddedServerException("'" + command.get(0) + "' could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("Interrupted while waiting for '" + command.get(0) + "'.", e);
        }
    }

    /** Whether {@code command} can be run here and succeeds. */
    static boolean works(List<String> command) {
        try {
            return run(Path.of("/"), command).succeeded();
        } catch (EmbeddedServerException e) {
            if (e.getCause() instanceof IOException) {
                return false;
            }
            throw e;
        }
    }

    /** A process in {@code directory} that knows nothing of this JVM's environment but the search path. */
    static ProcessBuilder prepare(Path directory, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        String path = builder.environment().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        return builder;
    }
}
