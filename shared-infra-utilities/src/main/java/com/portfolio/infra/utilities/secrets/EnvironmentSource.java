package com.portfolio.infra.utilities.secrets;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Environment variables, and the files that those with {@code _FILE} name. */
final class EnvironmentSource implements SecretSource {

    private static final String FILE = "_FILE";

    private final Map<String, String> variables;

    EnvironmentSource(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    @Override
    public Optional<Secret> find(String name) throws UnreadableException {
        Optional<Secret> exact = ofVariable(name);
        return exact.isPresent()
                ? exact
                : ofVariable(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
    }

    private Optional<Secret> ofVariable(String variable) throws UnreadableException {
        String value = variables.getOrDefault(variable, "");
        String file = variables.getOrDefault(variable + FILE, "");
        if (!value.isEmpty() && !file.isEmpty()) {
            throw new UnreadableException("both " + variable + " and " + variable + FILE + " are set");
        }
        if (!file.isEmpty()) {
            return ofFile(variable + FILE, file);
        }
        return value.isEmpty() ? Optional.empty() : Optional.of(Secret.of(value));
    }

    private static Optional<Secret> ofFile(String variable, String file) throws UnreadableException {
        try {
            Optional<Secret> found = SecretFile.read(Path.of(file));
            if (found.isEmpty()) {
                throw new UnreadableException("the file that " + variable + " names does not exist or is empty");
            }
            return found;
        } catch (InvalidPathException e) {
            throw new UnreadableException(variable + " names no file");
        }
    }
}
