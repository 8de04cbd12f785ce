package com.portfolio.infra.testing.server;

import org.jspecify.annotations.Nullable;

/** The server that all tests of this JVM share. */
final class SharedPostgres {

    private static @Nullable Postgres instance;

    private SharedPostgres() {}

    static synchronized Postgres instance() {
        if (instance == null) {
            instance = open();
        }
        return instance;
    }

    private static Postgres open() {
        String url = System.getProperty(Postgres.URL_PROPERTY);
        if (url != null && !url.isBlank()) {
            ExistingPostgres existing = new ExistingPostgres(PostgresDatabase.parse(url));
            closeWithJvm(existing::close);
            return existing;
        }
        PostgresServer embedded = PostgresServer.builder().start();
        closeWithJvm(embedded::close);
        return embedded;
    }

    private static void closeWithJvm(Runnable close) {
        Runtime.getRuntime().addShutdownHook(new Thread(close, "shared-infra-postgres-stop"));
    }
}
