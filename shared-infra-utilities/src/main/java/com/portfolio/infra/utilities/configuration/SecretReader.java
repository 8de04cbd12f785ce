package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.utilities.configuration.Sources.Found;
import com.portfolio.infra.utilities.secrets.Secret;
import com.portfolio.infra.utilities.secrets.SecretManager;
import com.portfolio.infra.utilities.secrets.SecretUnavailableException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads secrets: from their variable, the file of their {@code _FILE} variable, or the directory of secrets. */
final class SecretReader {

    private static final Result NONE = new Result(Optional.empty(), Optional.empty(), false);
    private static final Result BROKEN = new Result(Optional.empty(), Optional.empty(), true);
    // Nobody listens: what the files hold is read once.
    private static final Duration NEVER = Duration.ofDays(1);

    /**
     * What was found.
     *
     * @param file   where it was read from, if it was a file
     * @param broken whether there should be a secret that could not be read
     */
    record Result(Optional<Found> found, Optional<Path> file, boolean broken) {}

    private final Sources sources;
    private final Optional<Path> directory;
    private final Problems problems;

    SecretReader(Sources sources, Optional<Path> directory, Problems problems) {
        this.sources = sources;
        this.directory = directory;
        this.problems = problems;
    }

    Result read(Variable<?> variable) {
        Optional<Found> value = sources.find(variable.name());
        Optional<Found> file = sources.find(variable.fileName());
        if (value.isPresent() && file.isPresent()) {
            problems.add(variable.name() + " (" + value.get().origin() + ") and " + variable.fileName() + " ("
                    + file.get().origin() + ") are both set; set one of them");
            return BROKEN;
        }
        if (value.isPresent()) {
            return new Result(value, Optional.empty(), false);
        }
        return file.map(found -> ofVariable(variable, found)).orElseGet(() -> ofDirectory(variable));
    }

    private Result ofVariable(Variable<?> variable, Found named) {
        String begin = variable.fileName() + " (" + named.origin() + ") names ";
        try {
            Path path = Path.of(named.value().strip());
            Optional<Secret> secret = contentOf(path);
            if (secret.isEmpty()) {
                problems.add(begin + "a file that does not exist or is empty");
                return BROKEN;
            }
            return found(secret.get(), "file of " + variable.fileName(), path);
        } catch (InvalidPathException e) {
            problems.add(begin + "no file, but must be the path of one");
        } catch (SecretUnavailableException e) {
            problems.add(begin + "a file that can't be read, because " + e.reason());
        }
        return BROKEN;
    }

    private Result ofDirectory(Variable<?> variable) {
        if (directory.isEmpty()) {
            return NONE;
        }
        Path path = directory.get().resolve(variable.name());
        try {
            return contentOf(path)
                    .map(secret -> found(secret, "file in SECRETS_DIRECTORY", path))
                    .orElse(NONE);
        } catch (SecretUnavailableException e) {
            problems.add(variable.name() + " (file in SECRETS_DIRECTORY) can't be read, because " + e.reason());
            return BROKEN;
        }
    }

    private static Result found(Secret secret, String origin, Path path) {
        return new Result(Optional.of(new Found(secret.reveal(), origin)), Optional.of(path), false);
    }

    private static Optional<Secret> contentOf(Path path) {
        try (SecretManager file = SecretManager.files(Map.of("secret", path), NEVER)) {
            return file.find("secret").filter(secret -> !secret.reveal().isBlank());
        }
    }
}
