package com.portfolio.infra.testing.server;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server that somebody else runs. It is given back without the databases that were made on it. */
final class ExistingPostgres implements Postgres, AutoCloseable {

    private final PostgresDatabase administration;
    private final Collection<PostgresDatabase> created = new ConcurrentLinkedQueue<>();

    ExistingPostgres(PostgresDatabase administration) {
        this.administration = administration;
    }

    @Override
    public PostgresDatabase administration() {
        return administration;
    }

    @Override
    public PostgresDatabase createDatabase(String name) {
        return remember(Sql.createDatabase(administration, name, "template1"));
    }

    @Override
    public PostgresDatabase copyOf(PostgresDatabase template) {
        return remember(Sql.createDatabase(administration, Sql.unusedName(), template.name()));
    }

    private PostgresDatabase remember(PostgresDatabase database) {
        created.add(database);
        return database;
    }

    /** Drops every database that was made here and is still there. */
    @Override
    public void close() {
        created.forEach(this::dropDatabase);
        created.clear();
    }
}
