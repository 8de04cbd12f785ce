package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.testing.contract.KitEvent.Opened;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import com.portfolio.infra.utilities.serialization.JsonUpcaster;

/** The codecs of the services that the kits play. */
public final class KitCodecs {

    private static final String ORDERS = "orders";

    static final String PLACED = ORDERS + ".Placed";
    static final String PAID = ORDERS + ".Paid";
    static final String OPENED = "kit.Opened";
    static final String COUNTED = "kit.Counted";
    static final String NOTED = "kit.Noted";
    static final String FOREIGN = "foreign.Happened";

    private static final EventCodec CURRENT = JacksonEventCodec.builder(
                    EventTypes.ofSealed("kit", KitEvent.class).version(Opened.class, 2))
            .upcasters(JsonUpcaster.of(OPENED, 1, json -> json.put("currency", "EUR")))
            .build();

    private static final EventCodec FORMER = JacksonEventCodec.of(EventTypes.of(FormerlyOpened.class, OPENED));

    private static final EventCodec NEWER = JacksonEventCodec.builder(
                    EventTypes.of(NewerOpened.class, OPENED).version(NewerOpened.class, 3))
            .upcasters(JsonUpcaster.unchanged(OPENED, 1), JsonUpcaster.unchanged(OPENED, 2))
            .build();

    private static final EventCodec OTHER = JacksonEventCodec.of(EventTypes.of(Happened.class, FOREIGN));

    private static final EventCodec MESSAGES = JacksonEventCodec.of(EventTypes.ofSealed(ORDERS, KitMessage.class));

    private KitCodecs() {}

    /** What the class of version 1 of {@link Opened} looked like. */
    record FormerlyOpened(String name) implements DomainEvent {}

    /** What the class of version 3 of {@link Opened} will look like. */
    record NewerOpened(String name, String currency, String branch) implements DomainEvent {}

    /** An event of another service. */
    record Happened(String what) implements DomainEvent {}

    /** The codec of every store and log that a fixture gives, unless the kit asks for another one. */
    public static EventCodec current() {
        return CURRENT;
    }

    /** The codec of every bus that a fixture gives: that of {@link KitMessage}. */
    public static EventCodec messages() {
        return MESSAGES;
    }

    /** An older version of the same service. */
    static EventCodec former() {
        return FORMER;
    }

    /** A newer version of the same service. */
    static EventCodec newer() {
        return NEWER;
    }

    /** Another service, of whose events the first one knows nothing. */
    static EventCodec foreign() {
        return OTHER;
    }
}
