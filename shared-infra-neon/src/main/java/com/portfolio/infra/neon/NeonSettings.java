package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.Problems;
import com.portfolio.infra.neon.internal.SchemaName;
import com.portfolio.infra.utilities.connection.PoolSettings;
import java.time.Duration;
import java.util.Objects;

/**
 * Settings of a {@link NeonDatabase}. Made from a preset:
 *
 * <pre>{@code
 * NeonSettings.scaleToZero().toBuilder().schema("accounts").build()
 * }</pre>
 *
 * @param schema                   holds the tables, {@value #DEFAULT_SCHEMA} by default: at most 63 of {@code a-z},
 *                                 {@code 0-9} and {@code _}, not beginning with a digit or {@code pg_}; nor a word that
 *                                 PostgreSQL reserves or can't take for a schema, as {@code order} or {@code char}
 * @param pool                     the connections; of no effect over a {@code DataSource} of the caller's. Leaks are
 *                                 looked for only if a {@code leakThreshold} is set, as the stores give back what they
 *                                 take
 * @param connectTimeout           for one attempt to open a connection
 * @param statementTimeout         after which a call is cancelled; looked at four times a second. An append that is
 *                                 cancelled stored nothing. Over a {@code DataSource} of the caller's only if its
 *                                 connections can be unwrapped to the driver's
 * @param socketTimeout            after which a silent connection is given up; beyond {@code statementTimeout}
 * @param inDoubtTimeout           how long an append whose connection broke is repeated to find out what
 *                                 became of it; over a {@code DataSource} of the caller's the wait for a
 *                                 connection, which that source limits, may come on top
 * @param idleTransactionTimeout   after which the server ends a transaction that an append
 *                                 {@linkplain NeonEventStore#joining joined} and that does nothing
 * @param pollInterval             how often the log is asked for news while it has some
 * @param maxPollInterval          how often it is asked after it had none for long; a database that may
 *                                 fall asleep is woken this often while somebody waits for its log
 * @param filterWindow             how many events one page of a filtered log looks at
 * @param tls                      how the server's certificate is checked
 * @param preparedStatements       whether statements are prepared in the server
 */
public record NeonSettings(
        String schema,
        PoolSettings pool,
        Duration connectTimeout,
        Duration statementTimeout,
        Duration socketTimeout,
        Duration inDoubtTimeout,
        Duration idleTransactionTimeout,
        Duration pollInterval,
        Duration maxPollInterval,
        int filterWindow,
        TlsPolicy tls,
        PreparedStatements preparedStatements) {

    /** The schema unless another is set. */
    public static final String DEFAULT_SCHEMA = "infra";

    private static final Duration LONGEST = Duration.ofDays(1);

    /** How the server's certificate is checked. */
    public enum TlsPolicy {
        /**
         * Against the JVM's trust store (or the URL's {@code sslrootcert}) and the host's name, unless the
         * URL says {@code sslmode=disable} or {@code verify-ca}, or the host is this machine. What a URL
         * calls {@code require} would encrypt without knowing to whom. With a client's certificate
         * ({@code sslcert}) the driver does not ask the JVM's trust store: name an {@code sslrootcert} too.
         */
        VERIFY,
        /** As the URL's {@code sslmode} says, to the letter. */
        AS_WRITTEN
    }

    /** Whether statements are prepared in the server, which saves it planning them. */
    public enum PreparedStatements {
        /**
         * Not where the host's name ends in Neon's {@code -pooler}: not every pooler keeps track of them.
         * Another such pooler is not recognised by its name; say {@link #OFF} there.
         */
        UNLESS_POOLED,
        /** Always. Neon's own pooler supports it. */
        ON,
        /** Never. */
        OFF
    }

    /**
     * Checks every setting.
     *
     * @throws IllegalArgumentException with every setting that is out of range
     */
    public NeonSettings {
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(preparedStatements, "preparedStatements");
        Problems problems = new Problems("The settings of a Neon database");
        String schemaProblem = SchemaName.problem(schema);
        problems.require(schemaProblem == null, "have a schema that " + schemaProblem);
        requirePositive(problems, "connectTimeout", connectTimeout);
        requirePositive(problems, "statementTimeout", statementTimeout);
        requirePositive(problems, "socketTimeout", socketTimeout);
        requirePositive(problems, "inDoubtTimeout", inDoubtTimeout);
        requirePositive(problems, "idleTransactionTimeout", idleTransactionTimeout);
        requirePositive(problems, "pollInterval", pollInterval);
        requirePositive(problems, "maxPollInterval", maxPollInterval);
        problems.require(
                socketTimeout.compareTo(statementTimeout) > 0,
                "need a socketTimeout beyond the statementTimeout of " + statementTimeout + ", not " + socketTimeout);
        problems.require(
                maxPollInterval.compareTo(pollInterval) >= 0,
                "need a maxPollInterval of at least the pollInterval of " + pollInterval + ", not " + maxPollInterval);
        problems.require(
                filterWindow >= 1 && filterWindow <= 100_000,
                "need a filterWindow from 1 to 100000, not " + filterWindow);
        problems.throwIfAny();
    }

    private static void requirePositive(Problems problems, String name, Duration value) {
        Objects.requireNonNull(value, name);
        problems.require(
                value.toMillis() >= 1 && value.compareTo(LONGEST) <= 0,
                "need a " + name + " from 1 ms to " + LONGEST.toHours() + " h, not " + value);
    }

    /** For a database that is always awake: news of other processes within a second. */
    public static NeonSettings alwaysOn() {
        return new NeonSettings(
                DEFAULT_SCHEMA,
                PoolSettings.alwaysOn(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(40),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofMillis(20),
                Duration.ofSeconds(1),
                5_000,
                TlsPolicy.VERIFY,
                PreparedStatements.UNLESS_POOLED);
    }

    /**
     * For a database that sleeps when nothing happens. The price: an event that another process appended is noticed
     * after about as long a time again as the log had been quiet, an hour at most; one of the same process at once.
     *
     * <p>While somebody waits for the log each poll wakes the database, and Neon keeps it awake for five minutes: with
     * one poll an hour for a twelfth of a long silence. Where events of other processes matter sooner set a shorter
     * {@code maxPollInterval}; one of ten minutes costs half of the silence, and one below five minutes all of it.
     */
    public static NeonSettings scaleToZero() {
        return alwaysOn().toBuilder()
                .pool(PoolSettings.scaleToZero())
                .maxPollInterval(Duration.ofHours(1))
                .build();
    }

    /** A builder that starts from these settings. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Changes single settings; each method sets the component of its name. */
    public static final class Builder {

        private String schema;
        private PoolSettings pool;
        private Duration connectTimeout;
        private Duration statementTimeout;
        private Duration socketTimeout;
        private Duration inDoubtTimeout;
        private Duration idleTransactionTimeout;
        private Duration pollInterval;
        private Duration maxPollInterval;
        private int filterWindow;
        private TlsPolicy tls;
        private PreparedStatements preparedStatements;

        private Builder(NeonSettings from) {
            schema = from.schema;
            pool = from.pool;
            connectTimeout = from.connectTimeout;
            statementTimeout = from.statementTimeout;
            socketTimeout = from.socketTimeout;
            inDoubtTimeout = from.inDoubtTimeout;
            idleTransactionTimeout = from.idleTransactionTimeout;
            pollInterval = from.pollInterval;
            maxPollInterval = from.maxPollInterval;
            filterWindow = from.filterWindow;
            tls = from.tls;
            preparedStatements = from.preparedStatements;
        }

        public Builder schema(String value) {
            schema = value;
            return this;
        }

        public Builder pool(PoolSettings value) {
            pool = value;
            return this;
        }

        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        public Builder statementTimeout(Duration value) {
            statementTimeout = value;
            return this;
        }

        public Builder socketTimeout(Duration value) {
            socketTimeout = value;
            return this;
        }

        public Builder inDoubtTimeout(Duration value) {
            inDoubtTimeout = value;
            return this;
        }

        public Builder idleTransactionTimeout(Duration value) {
            idleTransactionTimeout = value;
            return this;
        }

        public Builder pollInterval(Duration value) {
            pollInterval = value;
            return this;
        }

        public Builder maxPollInterval(Duration value) {
            maxPollInterval = value;
            return this;
        }

        public Builder filterWindow(int value) {
            filterWindow = value;
            return this;
        }

        public Builder tls(TlsPolicy value) {
            tls = value;
            return this;
        }

        public Builder preparedStatements(PreparedStatements value) {
            preparedStatements = value;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException with every setting that is out of range
         */
        public NeonSettings build() {
            return new NeonSettings(
                    schema,
                    pool,
                    connectTimeout,
                    statementTimeout,
                    socketTimeout,
                    inDoubtTimeout,
                    idleTransactionTimeout,
                    pollInterval,
                    maxPollInterval,
                    filterWindow,
                    tls,
                    preparedStatements);
        }
    }
}
