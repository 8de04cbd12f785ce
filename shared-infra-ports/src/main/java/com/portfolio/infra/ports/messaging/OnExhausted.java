package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;

/** What becomes of a message whose last attempt has failed. */
@Experimental
public enum OnExhausted {

    /**
     * It goes to the group's dead letters, and is acknowledged only after it was stored there. While it
     * can't be stored it stays where it is, its key waits, and status and health say so.
     */
    DEAD_LETTER,

    /**
     * The subscription stops, which status and health show. The message is not acknowledged: the group
     * gets it again, from another of its members or when it is subscribed anew.
     */
    STOP
}
