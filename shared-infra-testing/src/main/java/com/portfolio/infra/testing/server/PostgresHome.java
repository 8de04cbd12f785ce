package com.portfolio.infra.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of one server: its data, its configuration and its log.
 *
 * @param root the directory that holds them
 * @param user whom they belong to
 */
record PostgresHome(Path root, ServerUser user) {

    static final String SUPERUSER = "postgres";
    static final String PASSWORD = "embedded-hunter2";

    private static final String OWN_CONFIGURATION = "shared-infra.conf";
    private static final int STATUS_LINE = 7;

    Path data() {
        return root.resolve("data");
    }

    Path log() {
        return root.resolve("server.log");
    }

    /** Makes an empty database cluster unless there is one. */
    void initialise(PostgresBinaries binaries) {
        if (Files.exists(data().resolve("PG_VERSION"))) {
            return;
        }
        Path password = root.resolve("superuser-password");
        try {
            Files.writeString(password, PASSWORD);
            user.own(root);
            List<String> initdb = new ArrayList<>(List.of(
                    binaries.initdb().toString(),
                    "--pgdata=" + data(),
                    "--username=" + SUPERUSER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--no-instructions",
                    "--no-sync"));
            initdb.addAll(locale(binaries));
            Command.Result result = Command.run(root, user.command(initdb));
            if (!result.succeeded()) {
                throw new EmbeddedServerException("PostgreSQL's initdb failed as " + user + " in '" + root + "':"
                        + System.lineSeparator() + result.output());
            }
            Files.writeString(
                    data().resolve("postgresql.conf"),
                    "\ninclude_if_exists = '" + OWN_CONFIGURATION + "'\n",
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new EmbeddedServerException("'" + root + "' could not be prepared for PostgreSQL: " + e, e);
        } finally {
            remove(password);
        }
    }

    /** Texts are ordered by code point, on every system. PostgreSQL 17 and newer know letters beyond ASCII all the same. */
    private List<String> locale(PostgresBinaries binaries) {
        String help = Command.run(root, List.of(binaries.initdb().toString(), "--help"))
                .output();
        return help.contains("builtin")
                ? List.of("--locale-provider=builtin", "--locale=C.UTF-8")
                : List.of("--no-locale");
    }

    /** Writes the settings and who may connect, in place of those of an earlier start. */
    void configure(Map<String, String> settings, @Nullable ServerCertificate certificate) {
        String lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + escape(setting.getValue()) + "'\n")
                .collect(Collectors.joining());
        String type = certificate == null ? "host" : "hostssl";
        String access = type + " all all all scram-sha-256\n" + type + " replication all all scram-sha-256\n";
        try {
            Files.writeString(data().resolve(OWN_CONFIGURATION), lines);
            Files.writeString(data().resolve("pg_hba.conf"), access);
            if (certificate != null) {
                copy(certificate.certificate(), "server.crt");
                copy(certificate.privateKey(), "server.key");
            }
            user.own(root);
        } catch (IOException e) {
            throw new EmbeddedServerException("The configuration in '" + data() + "' could not be written: " + e, e);
        }
    }

    /** PostgreSQL refuses a key that others may read. */
    private void copy(Path file, String name) throws IOException {
        Path target = data().resolve(name);
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("'", "''");
    }

    /** Whether the server with that process id has said that it accepts connections. */
    boolean isReady(long pid) {
        try {
            List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
            return lines.size() > STATUS_LINE
                    && lines.get(0).strip().equals(Long.toString(pid))
                    && lines.get(STATUS_LINE).strip().equals("ready");
        } catch (IOException e) {
            // Not written yet.
            return false;
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new EmbeddedServerException("'" + file + "' could not be removed.", e);
        }
    }
}
