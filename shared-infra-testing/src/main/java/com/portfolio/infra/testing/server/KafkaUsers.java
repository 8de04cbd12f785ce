package com.portfolio.infra.testing.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.plain.PlainAuthenticateCallback;

/**
 * Lets users in whose passwords are in a file, which is read at each login. For the broker of a {@link KafkaServer}, which
 * makes it by its class name.
 */
public final class KafkaUsers implements AuthenticateCallbackHandler {

    /** System property with the file, in the broker's JVM. */
    static final String FILE_PROPERTY = "shared.infra.kafka.users";

    /** For Kafka. */
    public KafkaUsers() {}

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        String name = null;
        for (Callback callback : callbacks) {
            if (callback instanceof NameCallback asked) {
                name = asked.getDefaultName();
            } else if (callback instanceof PlainAuthenticateCallback asked) {
                String password = name == null ? null : users().getProperty(name);
                asked.authenticated(password != null && password.equals(new String(asked.password())));
            } else {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    private static Properties users() throws IOException {
        Properties users = new Properties();
        Path file = Path.of(System.getProperty(FILE_PROPERTY, "users.properties"));
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            users.load(reader);
        }
        return users;
    }

    @Override
    public void close() {}
}
