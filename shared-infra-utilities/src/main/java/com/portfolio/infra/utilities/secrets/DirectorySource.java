package com.portfolio.infra.utilities.secrets;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** A directory whose files are the secrets. */
final class DirectorySource implements SecretSource {

    private final Path directory;

    DirectorySource(Path directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    @Override
    public Optional<Secret> find(String name) throws UnreadableException {
        return isPlain(name) ? SecretFile.read(directory.resolve(name)) : Optional.empty();
    }

    /** Whether it names a file in the directory, and neither another directory nor what Kubernetes keeps there. */
    private static boolean isPlain(String name) {
        if (name.isEmpty() || name.startsWith("..") || name.equals(".")) {
            return false;
        }
        try {
            Path path = Path.of(name);
            return !path.isAbsolute()
                    && path.getNameCount() == 1
                    && path.toString().equals(name);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
