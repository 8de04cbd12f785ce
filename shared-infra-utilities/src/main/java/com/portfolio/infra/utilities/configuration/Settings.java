package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.utilities.configuration.Sources.Found;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The value of each variable that has one. */
final class Settings {

    /** What somebody set. {@code value} is empty if it is not allowed. */
    private record Given(Optional<?> value, String origin) {}

    private final Map<Variable<?>, Given> given = new HashMap<>();
    private final Map<String, Path> secretFiles = new LinkedHashMap<>();

    private Settings() {}

    static Settings read(Sources sources, Problems problems) {
        Settings settings = new Settings();
        for (Variable<?> variable : Variables.ALL) {
            if (!variable.secret()) {
                sources.find(variable.name()).ifPresent(found -> settings.take(variable, found, problems));
            }
        }
        SecretReader secrets = new SecretReader(sources, settings.given(Variables.SECRETS_DIRECTORY), problems);
        for (Variable<?> variable : Variables.ALL) {
            if (variable.secret()) {
                settings.takeSecret(variable, secrets.read(variable), problems);
            }
        }
        return settings;
    }

    private void takeSecret(Variable<?> variable, SecretReader.Result result, Problems problems) {
        if (result.broken()) {
            given.put(variable, new Given(Optional.empty(), ""));
        }
        result.found().ifPresent(found -> take(variable, found, problems));
        result.file().ifPresent(file -> secretFiles.put(variable.name(), file));
    }

    private void take(Variable<?> variable, Found found, Problems problems) {
        Optional<?> value = Optional.empty();
        try {
            String text = variable.secret() ? found.value() : found.value().strip();
            value = Optional.of(variable.format().read(text));
        } catch (NotAllowedException e) {
            problems.add(variable.name() + " (" + found.origin() + ") must be "
                    + variable.format().allowed());
        }
        given.put(variable, new Given(value, found.origin()));
    }

    /** Whether somebody set it, rightly or not. */
    boolean isGiven(Variable<?> variable) {
        return given.containsKey(variable);
    }

    /** Whether it has a value, or none because none is needed. */
    boolean isSound(Variable<?> variable) {
        Given found = given.get(variable);
        return found == null || found.value().isPresent();
    }

    /** Name and origin, as messages begin: {@code DB_POOL_SIZE (environment variable)}. */
    String named(Variable<?> variable) {
        Given found = given.get(variable);
        return variable.name() + (found == null ? "" : " (" + found.origin() + ")");
    }

    /** What somebody set. */
    @SuppressWarnings("unchecked") // the variable's own format has read it
    <T> Optional<T> given(Variable<T> variable) {
        Given found = given.get(variable);
        return found == null ? Optional.empty() : (Optional<T>) found.value();
    }

    /** What somebody set, or the default. */
    <T> Optional<T> find(Variable<T> variable) {
        Optional<T> found = given(variable);
        return found.isPresent() ? found : variable.defaultValue();
    }

    /** The same, for a variable that has a default or was checked to be set. */
    <T> T get(Variable<T> variable) {
        return find(variable).orElseThrow(() -> new IllegalStateException(variable.name() + " has no value."));
    }

    /** The files of the secrets that were read from one, by variable. */
    Map<String, Path> secretFiles() {
        return secretFiles;
    }
}
