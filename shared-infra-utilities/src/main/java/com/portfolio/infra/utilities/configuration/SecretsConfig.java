package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.utilities.secrets.Secret;
import com.portfolio.infra.utilities.secrets.SecretManager;
import com.portfolio.infra.utilities.secrets.SecretSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the secrets of the configuration came from.
 *
 * @param directory    mounted secrets
 * @param pollInterval how often files are looked at for a rotation
 * @param files        the files of the secrets that were read from one, by variable
 * @param values       the other secrets, by variable
 */
public record SecretsConfig(
        Optional<Path> directory, Duration pollInterval, Map<String, Path> files, Map<String, Secret> values) {

    public SecretsConfig {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(pollInterval, "pollInterval");
        files = Map.copyOf(files);
        values = Map.copyOf(values);
    }

    /**
     * Opens the secrets: those of the configuration, under the names of their variables, and what else is in
     * the directory, under the names of the files. Those in files are heard of when they are rotated.
     *
     * <pre>{@code
     * CurrentSecret password = config.secrets().open().current("DATABASE_PASSWORD");
     * }</pre>
     *
     * @return to be closed by the caller
     */
    public SecretManager open() {
        SecretManager ofFiles = SecretManager.files(files, pollInterval);
        Optional<SecretManager> ofDirectory = directory.map(path -> SecretManager.directory(path, pollInterval));
        SecretSource all = name -> {
            Optional<Secret> found = Optional.ofNullable(values.get(name)).or(() -> ofFiles.find(name));
            return found.isPresent() ? found : ofDirectory.flatMap(secrets -> secrets.find(name));
        };
        String where = ofDirectory.map(secrets -> " or " + secrets.where()).orElse("");
        return SecretManager.polling(all, "the configuration" + where, pollInterval);
    }
}
