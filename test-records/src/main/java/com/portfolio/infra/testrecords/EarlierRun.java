package com.portfolio.infra.testrecords;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What processes that tests started have left in an earlier run. They append to what is there, and nobody else can tell
 * which of them is the first.
 */
final class EarlierRun {

    private EarlierRun() {}

    static void forget() {
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(Path.of("target"), "{children.log,children.jul.*,hotspot-*.jfr}")) {
            for (Path file : left) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
