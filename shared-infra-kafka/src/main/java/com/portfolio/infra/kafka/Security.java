package com.portfolio.infra.kafka;

import com.portfolio.infra.utilities.configuration.KafkaConfig;
import com.portfolio.infra.utilities.secrets.Secret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

/** How brokers are entered, in the words of Kafka's clients. */
final class Security {

    private Security() {}

    /**
     * The properties of every client.
     *
     * @param credentials who connects, with the {@code SASL} protocols
     */
    static Map<String, Object> properties(KafkaConfig config, Optional<KafkaLogin.Credentials> credentials) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                config.securityProtocol().name());
        credentials.ifPresent(known -> {
            properties.put(SaslConfigs.SASL_MECHANISM, mechanism(config.saslMechanism()));
            properties.put(SaslConfigs.SASL_JAAS_CONFIG, new Password(module(config.saslMechanism()) + " required;"));
            properties.put(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, KafkaLogin.class);
            properties.put(KafkaLogin.CREDENTIALS, known);
        });
        config.trustStore().ifPresent(store -> {
            properties.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, store.toString());
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, format(store));
        });
        put(properties, SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, config.trustStorePassword());
        config.keyStore().ifPresent(store -> {
            properties.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, store.toString());
            properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, format(store));
        });
        put(properties, SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, passwordOf(config, Kind.STORE));
        put(properties, SslConfigs.SSL_KEY_PASSWORD_CONFIG, passwordOf(config, Kind.KEY));
        return properties;
    }

    private enum Kind {
        STORE,
        KEY
    }

    /** A PEM file has no password of its own: it is the key in it that is encrypted. */
    private static Optional<Secret> passwordOf(KafkaConfig config, Kind kind) {
        boolean pem =
                config.keyStore().map(Security::format).filter("PEM"::equals).isPresent();
        return pem == (kind == Kind.KEY) ? config.keyStorePassword() : Optional.empty();
    }

    private static void put(Map<String, Object> properties, String name, Optional<Secret> secret) {
        secret.ifPresent(known -> properties.put(name, new Password(known.reveal())));
    }

    private static String mechanism(KafkaConfig.SaslMechanism mechanism) {
        return mechanism.name().replace('_', '-');
    }

    private static String module(KafkaConfig.SaslMechanism mechanism) {
        return "org.apache.kafka.common.security."
                + (mechanism == KafkaConfig.SaslMechanism.PLAIN ? "plain.PlainLoginModule" : "scram.ScramLoginModule");
    }

    private static String format(Path store) {
        String name = store.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".p12") || name.endsWith(".pfx")) {
            return "PKCS12";
        }
        return name.endsWith(".jks") ? "JKS" : "PEM";
    }
}
