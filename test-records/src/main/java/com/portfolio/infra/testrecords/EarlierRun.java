package com.portfolio.infra.testrecords;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The logs of an earlier run, and what processes left that its tests started. All append to what is there, and nobody can
 * tell who is the first.
 */
final class EarlierRun {

    private EarlierRun() {}

    static void forget() {
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(Path.of("target"), "{tests.log,children.log,children.jul.*,hotspot-*.jfr}")) {
            for (Path file : left) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
