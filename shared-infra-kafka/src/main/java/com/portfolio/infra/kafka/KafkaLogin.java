package com.portfolio.infra.kafka;

import com.portfolio.infra.utilities.secrets.Secret;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.scram.ScramExtensionsCallback;
import org.jspecify.annotations.Nullable;

/**
 * Tells Kafka's clients user and password, at each connection anew, so that a rotated password is used for the next one.
 * The password never is a text in their configuration.
 *
 * <p>Kafka makes an instance for each client by its class name, and hands it the client's configuration.
 */
public final class KafkaLogin implements AuthenticateCallbackHandler {

    /** Under which name the configuration of a client has what to tell. */
    static final String CREDENTIALS = "shared.infra.credentials";

    private @Nullable Credentials credentials;

    /** For Kafka. */
    public KafkaLogin() {}

    /**
     * Who connects.
     *
     * @param user     the user
     * @param password the password, as it is now
     */
    record Credentials(String user, Supplier<Secret> password) {

        /** Without the password. */
        @Override
        public String toString() {
            return "user '" + user + "'";
        }
    }

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        credentials = (Credentials) configs.get(CREDENTIALS);
    }

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        Credentials known = credentials;
        if (known == null) {
            throw new IllegalStateException("The configuration of this client has no " + CREDENTIALS + ".");
        }
        for (Callback callback : callbacks) {
            if (callback instanceof NameCallback name) {
                name.setName(known.user());
            } else if (callback instanceof PasswordCallback password) {
                password.setPassword(known.password().get().reveal().toCharArray());
            } else if (!(callback instanceof ScramExtensionsCallback || callback instanceof SaslExtensionsCallback)) {
                throw new UnsupportedCallbackException(callback, "Only user and password are known.");
            }
        }
    }

    @Override
    public void close() {
        credentials = null;
    }
}
