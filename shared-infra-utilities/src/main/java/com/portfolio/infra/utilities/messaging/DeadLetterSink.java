package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.DeadLetter;
import java.util.concurrent.CompletionStage;

/**
 * Where a consumer's dead letters go.
 *
 * @param <D> what the source makes of a message
 */
@FunctionalInterface
public interface DeadLetterSink<D extends Delivery> {

    /**
     * Stores a dead letter. Called by several threads; may block for as long as one message takes. If the stage fails, or
     * this throws, it is called again after a while.
     *
     * @param delivery the message, as it was received
     * @param attempts how often it was tried; 0 if it never was
     * @param failure  why it failed
     * @return completes when the letter is stored
     */
    CompletionStage<?> store(D delivery, int attempts, DeadLetter.Failure failure);
}
