package com.portfolio.infra.utilities.eventing;

/** Keeps events that a handler could not handle, for somebody to look at. */
@FunctionalInterface
public interface ParkedEvents {

    /**
     * Keeps an event durably. The subscription goes on only after this has returned.
     *
     * <p>After a crash the same event may be parked again; subscription and event id tell.
     *
     * @throws Exception if it could not be kept: it is tried again as a handler is, and then the
     *         subscription stops
     */
    void park(ParkedEvent event) throws Exception;
}
