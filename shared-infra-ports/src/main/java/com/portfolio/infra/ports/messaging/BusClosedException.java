package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;

/** The bus was closed before, or while it was asked for something. Nothing was done. */
@Experimental
public final class BusClosedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    /**
     * @param attempted what was to be done, such as {@code publishing message 42 to 'accounts'}
     */
    public BusClosedException(String attempted) {
        super("The bus is closed, so " + attempted + " failed; nothing was done.", null, false);
    }
}
