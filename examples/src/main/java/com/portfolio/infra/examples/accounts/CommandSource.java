package com.portfolio.infra.examples.accounts;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the commands come from. Read line by line, never as a whole.
 *
 * @param name what people call it
 * @param in   its bytes
 */
record CommandSource(String name, InputStream in) implements AutoCloseable {

    /** The name of the sample, beside this class. */
    static final String SAMPLE = "sample-commands.jsonl";

    /** The commands that come with the quickstart. */
    static CommandSource sample() throws UnreadableInputException {
        InputStream in = CommandSource.class.getResourceAsStream(SAMPLE);
        if (in == null) {
            throw new UnreadableInputException("The sample is missing from this build.", null);
        }
        return new CommandSource("The sample", in);
    }

    /**
     * A file.
     *
     * @throws UnreadableInputException saying why it can't be read
     */
    static CommandSource file(String path) throws UnreadableInputException {
        try {
            Path file = Path.of(path);
            if (Files.isDirectory(file)) {
                throw new UnreadableInputException("'" + path + "' is a directory, not a file of commands.", null);
            }
            return new CommandSource("'" + path + "'", Files.newInputStream(file));
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new UnreadableInputException("'" + path + "' does not exist.", e);
        } catch (AccessDeniedException e) {
            throw new UnreadableInputException("'" + path + "' may not be read by this user.", e);
        } catch (InvalidPathException e) {
            throw new UnreadableInputException("'" + path + "' is not the name of a file.", e);
        } catch (IOException e) {
            throw new UnreadableInputException(
                    "'" + path + "' can't be read: "
                            + Optional.ofNullable(e.getMessage()).orElse("unknown") + ".",
                    e);
        }
    }

    /** Lines to read. */
    LineReader lines() {
        return new LineReader(name, in);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
