package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.ports.messaging.Message;

/**
 * Makes messages of what a source received.
 *
 * @param <D> what the source makes of a message
 * @param <T> the class of the data
 */
@FunctionalInterface
public interface DeliveryDecoder<D extends Delivery, T> {

    /**
     * Decodes a message. Called by several threads.
     *
     * @throws EventDecodingException if it is no CloudEvent, or its data fits no class of its type
     */
    Message<T> decode(D delivery);
}
