package com.portfolio.infra.examples.readme;

import com.portfolio.infra.examples.accounts.AccountEvent;
import com.portfolio.infra.examples.accounts.AccountEvent.EmailChanged;
import com.portfolio.infra.examples.accounts.AccountEvent.UserRegistered;
import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonEventLog;
import com.portfolio.infra.neon.NeonEventStore;
import com.portfolio.infra.neon.NeonSchema;
import com.portfolio.infra.neon.NeonSettings;
import com.portfolio.infra.neon.NeonUrl;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.LoadedStream;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.util.List;

/** What the README shows first. A test compares the two, and runs this. */
final class TenLines {

    private TenLines() {}

    static void run(String databaseUrl) {
        // README begins
        EventCodec codec = JacksonEventCodec.of(EventTypes.ofSealed("accounts", AccountEvent.class));
        NeonSettings settings = NeonSettings.scaleToZero();
        new NeonSchema(NeonUrl.parse(databaseUrl), settings).migrate();
        try (NeonDatabase database = NeonDatabase.open(databaseUrl, settings)) {
            EventStore store = new NeonEventStore(database, codec);
            store.append("account-ada", List.of(new UserRegistered("ada", "ada@example.org")));
            LoadedStream ada = store.load("account-ada"); // and decide, then append only if nobody else has
            store.append("account-ada", ada.expectedVersion(), List.of(new EmailChanged("ada", "ada@example.com")));
            NeonEventLog log = new NeonEventLog(database, codec);
            log.read(LogQuery.after(Position.START)).events().forEach(System.out::println);
        }
        // README ends
    }
}
