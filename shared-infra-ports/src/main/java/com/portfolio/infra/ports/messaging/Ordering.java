package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;

/** Which messages wait for each other. */
@Experimental
public enum Ordering {

    /**
     * Messages of one key are handled one after the other, in the order in which they were published; a
     * message without a key waits for none. A dead letter leaves the order.
     */
    KEY,

    /** No message waits for another. */
    UNORDERED
}
