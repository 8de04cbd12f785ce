package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.util.Objects;

/** A bus was asked for what it can't do. Nothing was done. */
@Experimental
public final class UnsupportedByBusException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final BusTrait trait;

    /**
     * @param bus    which bus, such as {@code Cloudflare Queues}
     * @param trait  what it lacks
     * @param remedy what to ask for instead, as a sentence
     */
    public UnsupportedByBusException(String bus, BusTrait trait, String remedy) {
        super(bus + " lacks " + trait + ", which was asked for; nothing was done. " + remedy, null, false);
        this.trait = Objects.requireNonNull(trait, "trait");
    }

    /** What the bus lacks. */
    public BusTrait trait() {
        return trait;
    }
}
