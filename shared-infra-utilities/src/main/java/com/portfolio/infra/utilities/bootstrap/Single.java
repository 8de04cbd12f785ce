package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.secrets.SecretManager;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/** Opens one port alone. */
final class Single {

    private Single() {}

    static <A> Opened<A> open(Port<A> port, InfrastructureConfig config, EventCodec codec) {
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(codec, "codec");
        Choice choice = new Choice(config, ClassLoaders.usual());
        var provider = choice.of(port);
        choice.throwIfAny();
        AdapterProvider<A> chosen = provider.orElseThrow(port::notChosen);
        ClosingStack closing = new ClosingStack();
        try {
            SecretManager secrets = closing.add(config.secrets().open());
            AdapterContext context = new AdapterContext(config, codec, secrets, Clock.systemUTC(), closing, Map.of());
            return new Opened<>(chosen.open(context), closing);
        } catch (Throwable failure) {
            closing.closeAfter(failure);
            throw failure;
        }
    }
}
