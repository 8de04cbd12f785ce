package com.portfolio.infra.neon;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The address of a database, as Neon's console hands it out or as pgjdbc writes it:
 *
 * <pre>{@code
 * postgresql://app:s%40cret@ep-x-pooler.eu-central-1.aws.neon.tech/shop?sslmode=require&channel_binding=require
 * postgres://app@localhost:5432/shop
 * jdbc:postgresql://localhost/shop?user=app&password=secret
 * }</pre>
 *
 * <p>User, password and database are percent-decoded. Parameters may have libpq's names
 * ({@code channel_binding}) or pgjdbc's ({@code channelBinding}) in each of the three forms; one that
 * neither knows is refused, as the driver would drop it in silence. No message and no
 * {@code toString()} shows the password. Immutable.
 */
public final class NeonUrl {

    /** The port where none is given. */
    public static final int DEFAULT_PORT = 5432;

    private static final String POOLER_SUFFIX = "-pooler";

    private final String host;
    private final int port;
    private final String database;
    private final String user;
    private final @Nullable String password;
    private final Map<String, String> parameters;

    NeonUrl(
            String host,
            int port,
            String database,
            String user,
            @Nullable String password,
            Map<String, String> parameters) {
        this.host = host;
        this.port = port;
        this.database = database;
        this.user = user;
        this.password = password;
        this.parameters = Map.copyOf(parameters);
    }

    /**
     * Reads a connection string.
     *
     * @throws IllegalArgumentException if it is none, with everything that is wrong and without the password
     */
    public static NeonUrl parse(String url) {
        return new NeonUrlParser(Objects.requireNonNull(url, "url")).parse();
    }

    /** The host's name or address; an IPv6 address without its brackets. */
    public String host() {
        return host;
    }

    /** The port. */
    public int port() {
        return port;
    }

    /** The database's name. */
    public String database() {
        return database;
    }

    /** Who connects. */
    public String user() {
        return user;
    }

    /** The parameters, under pgjdbc's names. */
    public Map<String, String> parameters() {
        return parameters;
    }

    Optional<String> password() {
        return Optional.ofNullable(password);
    }

    /** The same address with another password, for secrets that are kept apart from the URL. */
    public NeonUrl withPassword(String secret) {
        return new NeonUrl(host, port, database, user, Objects.requireNonNull(secret, "password"), parameters);
    }

    /** This address with the user and the password of another one. */
    NeonUrl withLoginOf(NeonUrl other) {
        return new NeonUrl(host, port, database, other.user, other.password, parameters);
    }

    /** Whether host, port and database are the same. */
    boolean isSameDatabaseAs(NeonUrl other) {
        return host.equals(other.host) && port == other.port && database.equals(other.database);
    }

    /** Whether the host is one of Neon's poolers: PgBouncer in transaction mode. */
    public boolean pooled() {
        return endpoint().endsWith(POOLER_SUFFIX);
    }

    /** The same database past the pooler, which migrations need; this address where it is not pooled. */
    public NeonUrl direct() {
        if (!pooled()) {
            return this;
        }
        String endpoint = endpoint();
        String directHost =
                endpoint.substring(0, endpoint.length() - POOLER_SUFFIX.length()) + host.substring(endpoint.length());
        return new NeonUrl(directHost, port, database, user, password, parameters);
    }

    private String endpoint() {
        int dot = host.indexOf('.');
        return dot < 0 ? host : host.substring(0, dot);
    }

    /** Whether the server is this machine. */
    boolean loopback() {
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("::1");
    }

    /** The address without password and parameters. */
    @Override
    public String toString() {
        String shownHost = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return "postgresql://" + user + (password == null ? "" : ":***") + "@" + shownHost + ":" + port + "/"
                + database;
    }
}
