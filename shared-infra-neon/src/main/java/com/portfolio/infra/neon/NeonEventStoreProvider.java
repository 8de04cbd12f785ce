package com.portfolio.infra.neon;

import com.portfolio.infra.utilities.bootstrap.AdapterContext;
import com.portfolio.infra.utilities.bootstrap.EventStoreAdapter;
import com.portfolio.infra.utilities.bootstrap.EventStoreProvider;
import java.util.Set;

/**
 * What {@code EVENT_STORE_PROVIDER=neon} and {@code postgres} name. It connects, and checks that the schema is there
 * and fits. The {@link NeonDatabase} is shared with the projections.
 */
public final class NeonEventStoreProvider implements EventStoreProvider {

    @Override
    public Set<String> names() {
        return ConfiguredDatabase.NAMES;
    }

    @Override
    public EventStoreAdapter open(AdapterContext context) {
        ConfiguredDatabase configured = ConfiguredDatabase.of(context);
        return new EventStoreAdapter(
                new NeonEventStore(configured.database(), context.codec()),
                new NeonEventLog(configured.database(), context.codec()),
                configured.dependency());
    }
}
