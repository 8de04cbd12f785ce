package com.portfolio.infra.testing.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The unpacked form of a {@code .tar.xz}: there as a whole or not at all.
 *
 * @param home where it goes
 */
record Archive(Path home) {

    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

    /** Unpacks {@code content} beside the home, which must not be there yet, and moves it there at once. */
    void unpack(InputStream content) throws IOException {
        Path partial = home.resolveSibling(home.getFileName() + ".partial");
        Directories.remove(partial);
        makeDirectory(partial);
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(content)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = partial.resolve(entry.getName()).normalize();
                if (!target.startsWith(partial)) {
                    throw new IOException("An entry leads out of the archive: " + entry.getName());
                }
                write(tar, entry, target);
            }
        }
        new Unpacked(partial).seal();
        Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            makeDirectory(target);
            return;
        }
        makeDirectory(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, target);
            Files.setPosixFilePermissions(target, (entry.getMode() & 0100) != 0 ? PROGRAM : FILE);
        } else {
            throw new IOException("An entry is neither a directory, a file nor a symbolic link: " + entry.getName());
        }
    }

    /** Parents first, as an archive need not name them; open to others whatever the mask of new files says. */
    private static void makeDirectory(@Nullable Path directory) throws IOException {
        if (directory == null || Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        makeDirectory(directory.getParent());
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PROGRAM);
    }
}
