package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.utilities.secrets.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The brokers of Kafka, and how they are talked to.
 *
 * @param brokers            some of them, each {@code host:port}
 * @param securityProtocol   how they are talked to
 * @param saslMechanism      how user and password are proved
 * @param username           who connects; there with the {@code SASL} protocols
 * @param password           the password of that user
 * @param trustStore         whom to trust, in place of the JVM's trust store
 * @param trustStorePassword opens the trust store
 * @param keyStore           the certificate and key of this service
 * @param keyStorePassword   opens the key store
 * @param groupProtocol      how members of a group share the work
 * @param topics             the topics of messages
 */
public record KafkaConfig(
        List<String> brokers,
        SecurityProtocol securityProtocol,
        SaslMechanism saslMechanism,
        Optional<String> username,
        Optional<Secret> password,
        Optional<Path> trustStore,
        Optional<Secret> trustStorePassword,
        Optional<Path> keyStore,
        Optional<Secret> keyStorePassword,
        GroupProtocol groupProtocol,
        Topics topics) {

    /** How brokers are talked to; the names are Kafka's. */
    public enum SecurityProtocol {
        /** Neither encrypted nor with a user. */
        PLAINTEXT,
        /** Encrypted. */
        SSL,
        /** Not encrypted, with a user. */
        SASL_PLAINTEXT,
        /** Encrypted, with a user. */
        SASL_SSL
    }

    /** How user and password are proved. */
    public enum SaslMechanism {
        /** By sending them. */
        PLAIN,
        /** Without sending the password, with SHA-256. */
        SCRAM_SHA_256,
        /** Without sending the password, with SHA-512. */
        SCRAM_SHA_512
    }

    /** How members of a group share the work. */
    public enum GroupProtocol {
        /** The brokers decide where they can, and otherwise the members. */
        AUTO,
        /** The members decide. */
        CLASSIC,
        /** The brokers decide, from version 4 on. */
        CONSUMER
    }

    /**
     * The topics of messages.
     *
     * @param prefix      what their names begin with
     * @param create      whether missing ones are made
     * @param partitions  how many partitions they are made with, and have to have
     * @param replication how many brokers keep a copy, in place of what the brokers are configured for
     * @param retention   how long messages are kept, in place of what the brokers are configured for
     */
    public record Topics(
            String prefix,
            boolean create,
            int partitions,
            Optional<Integer> replication,
            Optional<Duration> retention) {

        public Topics {
            Objects.requireNonNull(prefix, "prefix");
            Objects.requireNonNull(replication, "replication");
            Objects.requireNonNull(retention, "retention");
        }

        /** What the configuration has if nothing is said. */
        public static Topics defaults() {
            return new Topics("events", false, 12, Optional.empty(), Optional.empty());
        }
    }

    public KafkaConfig {
        brokers = List.copyOf(brokers);
        Objects.requireNonNull(securityProtocol, "securityProtocol");
        Objects.requireNonNull(saslMechanism, "saslMechanism");
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(trustStore, "trustStore");
        Objects.requireNonNull(trustStorePassword, "trustStorePassword");
        Objects.requireNonNull(keyStore, "keyStore");
        Objects.requireNonNull(keyStorePassword, "keyStorePassword");
        Objects.requireNonNull(groupProtocol, "groupProtocol");
        Objects.requireNonNull(topics, "topics");
    }
}
