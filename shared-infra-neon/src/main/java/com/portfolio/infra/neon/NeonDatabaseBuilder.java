package com.portfolio.infra.neon;

import com.portfolio.infra.utilities.connection.ConnectionManager;
import com.portfolio.infra.utilities.connection.ConnectionPool;
import com.portfolio.infra.utilities.connection.PoolSettings;
import com.portfolio.infra.utilities.secrets.CurrentSecret;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens a {@link NeonDatabase} with more than an address and settings.
 *
 * <pre>{@code
 * NeonDatabase.builder(url)
 *         .settings(NeonSettings.alwaysOn())
 *         .password(secrets.current("DATABASE_PASSWORD"))
 *         .connections(connections)
 *         .open()
 * }</pre>
 */
public final class NeonDatabaseBuilder {

    private final Function<@Nullable CurrentSecret, NeonLogin> login;
    private NeonSettings settings = NeonSettings.alwaysOn();
    private @Nullable ConnectionManager connections;
    private @Nullable CurrentSecret password;
    private @Nullable String name;

    NeonDatabaseBuilder(Function<@Nullable CurrentSecret, NeonLogin> login) {
        this.login = login;
    }

    /** The settings; {@link NeonSettings#alwaysOn()} by default. */
    public NeonDatabaseBuilder settings(NeonSettings value) {
        settings = Objects.requireNonNull(value, "settings");
        return this;
    }

    /**
     * A password in place of the URL's, which may be rotated: each new connection is opened with the newest one, and
     * when it changes all connections are renewed as soon as they are not in use. While the server refuses the one
     * that is known, calls wait for a connection as long as {@link PoolSettings#acquireTimeout()} says.
     *
     * @param value left open when the database is closed
     */
    public NeonDatabaseBuilder password(CurrentSecret value) {
        password = Objects.requireNonNull(value, "password");
        return this;
    }

    /**
     * Makes the pool one of a manager's, which measures it, lists it, and closes it if the database was not closed
     * before. By default nobody else knows of it.
     */
    public NeonDatabaseBuilder connections(ConnectionManager value) {
        connections = Objects.requireNonNull(value, "connections");
        return this;
    }

    /** The name of the pool, which no other pool of its manager has; by default {@code neon-} and the database's. */
    public NeonDatabaseBuilder name(String value) {
        name = Objects.requireNonNull(value, "name");
        return this;
    }

    /**
     * Opens the database. Sends nothing. May be called again, for another database beside it; with a manager that takes
     * another name.
     *
     * @throws IllegalArgumentException if a rotating URL is none, with everything that is wrong with it, or the name of
     *                                  the pool is none
     * @throws IllegalStateException    if the manager has a pool of that name already, or is closed
     */
    public NeonDatabase open() {
        NeonLogin who = login.apply(password);
        NeonDriver driver = new NeonDriver(who, settings);
        String ofPool = name == null ? usualName(who.place()) : name;
        ConnectionManager manager = connections == null ? new ConnectionManager() : connections;
        ConnectionPool pool = manager.open(ofPool, ofTheStores(settings.pool()), driver);
        return NeonDatabase.of(pool, driver, settings);
    }

    private static String usualName(NeonUrl url) {
        return "neon-" + url.database().replaceAll("\\p{Cntrl}", "_");
    }

    /** The stores give back what they take, so that looking for leaks would only cost time. */
    static PoolSettings ofTheStores(PoolSettings pool) {
        return pool.leakThreshold().isPresent() ? pool : pool.withLeakThreshold(Duration.ZERO);
    }
}
