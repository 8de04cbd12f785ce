package com.portfolio.infra.testrecords;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Texts in a file, each once. Thread-safe. */
final class TextFile {

    private static final Logger LOG = Logger.getLogger(TextFile.class.getName());

    static final TextFile OF_THIS_RUN = new TextFile(Path.of("target", "tests.texts"));

    private final BufferedWriter writer;

    /** A digest of each text: the texts themselves may be large. */
    private final Set<UUID> written = new HashSet<>();

    private TextFile(Path path) {
        try {
            writer = Files.newBufferedWriter(path);
            // The first line of java.util.logging, so that its file is there even if nobody else writes one.
            LOG.log(Level.FINEST, "The texts of the objects of all tests are in {0}", path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(String text) {
        if (!written.add(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)))) {
            return;
        }
        try {
            // A lone surrogate has no UTF-8, and a writer refuses it.
            writer.write(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void flush() {
        try {
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
