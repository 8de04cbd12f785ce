package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.utilities.secrets.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A server of Redis.
 *
 * @param url            where it is
 * @param password       the password, in place of the one in the URL
 * @param tls            whether the server's certificate is checked, where the connection is encrypted
 * @param keyPrefix      what the names of all keys begin with
 * @param commandTimeout how long a command may take
 */
public record RedisConfig(Secret url, Optional<Secret> password, Tls tls, String keyPrefix, Duration commandTimeout) {

    public RedisConfig {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(keyPrefix, "keyPrefix");
        Objects.requireNonNull(commandTimeout, "commandTimeout");
    }
}
