package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.InfrastructureException;
import org.jspecify.annotations.Nullable;

/** Whatever a {@link MessageBus} or a {@link DeadLetterQueue} reports. */
@Experimental
public abstract sealed class MessagingException extends InfrastructureException
        permits PublishFailedException,
                MessageTooLargeException,
                DestinationMissingException,
                UnsupportedByBusException,
                BusClosedException,
                BrokerUnavailableException,
                MessagingFailedException {

    private static final long serialVersionUID = 1L;

    MessagingException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause, retryable);
    }
}
