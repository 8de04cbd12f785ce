package com.portfolio.infra.utilities.serialization;

import java.util.concurrent.atomic.AtomicBoolean;

/** A class that hostile text would like to have made. */
public final class Gadget {

    static final AtomicBoolean MADE = new AtomicBoolean();

    public Gadget() {
        MADE.set(true);
    }
}
