package com.portfolio.infra.testing.server;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a database is and who enters it. A value: it neither knows whether the database exists nor keeps
 * it.
 *
 * @param host       the server's name or address
 * @param port       its port
 * @param name       the database
 * @param user       the role that connects
 * @param password   its password, which {@link #toString()} hides
 * @param parameters further parameters of the connection under libpq's names, such as {@code sslmode}
 */
public record PostgresDatabase(
        String host, int port, String name, String user, String password, Map<String, String> parameters) {

    private static final int DEFAULT_PORT = 5432;
    private static final Map<String, String> JDBC_NAMES =
            Map.of("channel_binding", "channelBinding", "application_name", "ApplicationName");

    public PostgresDatabase {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads a URL of libpq ({@code postgresql://user:password@host:port/name?sslmode=require}), with or
     * without {@code jdbc:} before it.
     *
     * @throws IllegalArgumentException if it names no host, database, user or password; the message does not
     *     repeat the URL
     */
    public static PostgresDatabase parse(String url) {
        URI uri;
        try {
            uri = URI.create(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
        } catch (IllegalArgumentException e) {
            // The cause would show the URL, and with it the password.
            throw new IllegalArgumentException("The URL of the PostgreSQL server is not well formed.");
        }
        Map<String, String> parameters = parameters(uri.getRawQuery());
        String[] credentials =
                Objects.requireNonNullElse(uri.getRawUserInfo(), "").split(":", 2);
        String user = credentials[0].isEmpty() ? parameters.remove("user") : decode(credentials[0]);
        String password = credentials.length < 2 ? parameters.remove("password") : decode(credentials[1]);
        String path = Objects.requireNonNullElse(uri.getRawPath(), "");
        if (uri.getHost() == null || user == null || password == null || path.length() < 2) {
            throw new IllegalArgumentException(
                    "The URL of the PostgreSQL server must be postgresql://user:password@host:port/database.");
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return new PostgresDatabase(uri.getHost(), port, decode(path.substring(1)), user, password, parameters);
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new TreeMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                parameters.put(decode(parts[0]), parts.length < 2 ? "" : decode(parts[1]));
            }
        }
        return parameters;
    }

    /** Another database of the same server, entered the same way. */
    public PostgresDatabase named(String otherName) {
        return new PostgresDatabase(host, port, otherName, user, password, parameters);
    }

    /** The same database, entered by another role. */
    public PostgresDatabase as(String otherUser, String otherPassword) {
        return new PostgresDatabase(host, port, name, otherUser, otherPassword, parameters);
    }

    /** The same database, reached through a proxy or a pooler. */
    public PostgresDatabase through(InetSocketAddress address) {
        return new PostgresDatabase(address.getHostString(), address.getPort(), name, user, password, parameters);
    }

    /** The same database with a parameter of the connection set, under libpq's name. */
    public PostgresDatabase with(String parameter, String value) {
        Map<String, String> changed = new TreeMap<>(parameters);
        changed.put(parameter, value);
        return new PostgresDatabase(host, port, name, user, password, changed);
    }

    /** The host and port. */
    public InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    /** {@code jdbc:postgresql://…}, without the user and the password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + encode(name) + query(JDBC_NAMES);
    }

    /** {@code postgresql://user:password@…}, the form of {@code DATABASE_URL}. */
    public String libpqUrl() {
        return "postgresql://" + encode(user) + ":" + encode(password) + "@" + host + ":" + port + "/" + encode(name)
                + query(Map.of());
    }

    /** A source of new connections; it does not pool. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl());
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /** A new connection. */
    public Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    /** Runs {@code sql}, one statement or several separated by semicolons, on a connection of its own. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(Map<String, String> names) {
        if (parameters.isEmpty()) {
            return "";
        }
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(entry ->
                                names.getOrDefault(entry.getKey(), entry.getKey()) + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "PostgresDatabase[" + user + "@" + host + ":" + port + "/" + name + "]";
    }
}
