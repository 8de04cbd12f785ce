package com.portfolio.infra.neon;

import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;

/** A database of its own for each test, entered by the application's role, with accounts in its store and log. */
abstract class AccountsFixture {

    final PostgresDatabase postgres = TestDatabases.create();
    final NeonDatabase database = TestDatabases.open(postgres);
    final NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
    final NeonEventLog log = new NeonEventLog(database, AccountEvent.CODEC);

    @AfterEach
    void drop() {
        database.close();
        Postgres.shared().dropDatabase(postgres);
    }
}
