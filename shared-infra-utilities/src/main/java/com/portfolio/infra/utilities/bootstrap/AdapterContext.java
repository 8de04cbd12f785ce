package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.connection.ConnectionManager;
import com.portfolio.infra.utilities.secrets.SecretManager;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What adapters are opened from, and what those of one service share.
 *
 * <pre>{@code
 * NeonDatabase database = context.shared(NeonDatabase.class, () -> openDatabase(context));
 * }</pre>
 *
 * <p>What was opened through it is closed in reverse order, whatever becomes of the opening. For use by one thread,
 * and until {@link AdapterProvider#open} returns.
 */
public final class AdapterContext {

    private final InfrastructureConfig config;
    private final EventCodec codec;
    private final SecretManager secrets;
    private final Clock clock;
    private final ClosingStack closing;
    private final Map<Class<?>, Object> shared;

    AdapterContext(
            InfrastructureConfig config,
            EventCodec codec,
            SecretManager secrets,
            Clock clock,
            ClosingStack closing,
            Map<Class<?>, Object> given) {
        this.config = config;
        this.codec = codec;
        this.secrets = secrets;
        this.clock = clock;
        this.closing = closing;
        this.shared = new LinkedHashMap<>(given);
    }

    /** The whole configuration. */
    public InfrastructureConfig config() {
        return config;
    }

    /** Writes and reads events and messages. */
    public EventCodec codec() {
        return codec;
    }

    /** The secrets of the configuration, under the names of their variables. Open for as long as the adapters are. */
    public SecretManager secrets() {
        return secrets;
    }

    /** Opens the pools of connections. It closes what adapters have not closed themselves. */
    public ConnectionManager connections() {
        return shared(ConnectionManager.class, ConnectionManager::new);
    }

    /** What the time is taken from. */
    public Clock clock() {
        return clock;
    }

    /**
     * The name of the service.
     *
     * @throws BootstrapException if it has none
     */
    public String serviceName() {
        return config.serviceName()
                .orElseThrow(() -> new BootstrapException("SERVICE_NAME is required, and not set.", null));
    }

    /**
     * The one instance of a class that all adapters share: what was handed to the
     * {@link Infrastructure.Builder#sharing builder}, what an adapter before this one opened, or what is opened now,
     * which is closed in its turn if it is {@link AutoCloseable}.
     */
    public <T> T shared(Class<T> type, Supplier<? extends T> opening) {
        Objects.requireNonNull(opening, "opening");
        Object there = shared.get(Objects.requireNonNull(type, "type"));
        if (there != null) {
            return type.cast(there);
        }
        T opened = Objects.requireNonNull(opening.get(), "opened");
        if (opened instanceof AutoCloseable closeable) {
            closing.add(closeable);
        }
        shared.put(type, opened);
        return opened;
    }

    /** Closes this in its turn: before what was opened before it, and after what is opened after it. */
    public <T extends AutoCloseable> T closing(T opened) {
        return closing.add(Objects.requireNonNull(opened, "opened"));
    }

    <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(shared.get(type)).map(type::cast);
    }
}
