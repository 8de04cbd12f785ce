package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.messaging.DeadLetter;
import com.portfolio.infra.ports.messaging.DeadLetter.Failure;
import com.portfolio.infra.ports.messaging.DeadLetter.Failure.Kind;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.OnExhausted;
import com.portfolio.infra.ports.messaging.OnUndecodable;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a message after an attempt. Guarded by the broker's lock. */
final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(InMemoryMessageBus.class);

    private final InMemoryBroker broker;
    private final String group;
    private final SubscriptionRequest<?> request;

    Settlement(InMemoryBroker broker, String group, SubscriptionRequest<?> request) {
        this.broker = broker;
        this.group = group;
        this.request = request;
    }

    /**
     * Ends the message, or has it wait.
     *
     * @return why the subscription has to stop, if it has to
     */
    Optional<String> settle(ConsumerGroup joined, HeldMessage message, Outcome outcome, Instant now) {
        if (message.isLost()) {
            return Optional.empty();
        }
        if (outcome instanceof Outcome.Undecodable undecodable) {
            settleUndecodable(joined, message, Failures.of(Kind.UNDECODABLE, undecodable.failure()), now);
            return Optional.empty();
        }
        if (outcome instanceof Outcome.Threw threw) {
            return failed(joined, message, delay(message), Failures.of(Kind.EXHAUSTED, threw.failure()), now);
        }
        HandlerResult result = ((Outcome.Returned) outcome).result();
        if (result instanceof HandlerResult.Retry retry) {
            Failure failure = Failures.of(
                    Kind.EXHAUSTED, retry.reason().orElse("The handler asked for one attempt more than there are."));
            return failed(joined, message, retry.delay(), failure, now);
        }
        if (result instanceof HandlerResult.Postpone postpone) {
            message.postponeTo(now.plus(postpone.delay()));
        } else if (result instanceof HandlerResult.ToDeadLetters rejected) {
            becomeLetter(joined, message, Failures.of(Kind.REJECTED, rejected.reason()), now);
        } else {
            acknowledge(joined, message);
        }
        return Optional.empty();
    }

    private void acknowledge(ConsumerGroup joined, HeldMessage message) {
        if (broker.losesAcknowledgement()) {
            joined.release(message);
        } else {
            joined.acknowledge(message);
        }
    }

    private void settleUndecodable(ConsumerGroup joined, HeldMessage message, Failure failure, Instant now) {
        if (request.onUndecodable() == OnUndecodable.DEAD_LETTER) {
            becomeLetter(joined, message, failure, now);
        } else {
            LOG.warn(
                    "Group '{}' ignores message {}: {}",
                    group,
                    message.message().name(),
                    failure.message());
            joined.finish(message);
        }
    }

    private Optional<String> failed(
            ConsumerGroup joined, HeldMessage message, Duration delay, Failure failure, Instant now) {
        if (!request.redelivery().isExhaustedAfter(message.attemptNumber())) {
            message.retryAt(now.plus(delay));
            return Optional.empty();
        }
        if (request.onExhausted() == OnExhausted.STOP) {
            return Optional.of("Message " + message.message().name() + " failed " + message.attemptNumber()
                    + " times, the last time with: " + failure.message());
        }
        becomeLetter(joined, message, failure, now);
        return Optional.empty();
    }

    private Duration delay(HeldMessage message) {
        return request.redelivery().delayAfter(message.attemptNumber(), ThreadLocalRandom.current());
    }

    private void becomeLetter(ConsumerGroup joined, HeldMessage message, Failure failure, Instant now) {
        message.becomeLetter(failure, now);
        storeLetter(joined, message, now);
    }

    /** Stores a dead letter and ends its message, or has it wait until the next try. */
    void storeLetter(ConsumerGroup joined, HeldMessage message, Instant now) {
        Failure failure = message.letter().orElseThrow();
        DeadLetter letter = joined.deadLetters().letter(group, message, failure, now);
        try {
            broker.deadLetterFaults().before(letter);
            joined.deadLetters().add(letter, message.message());
            broker.deadLetterFaults().after(letter);
            joined.finish(message);
        } catch (RuntimeException e) {
            LOG.warn(
                    "A dead letter of group '{}' could not be stored, and waits: message {}",
                    group,
                    message.message().name(),
                    e);
            message.becomeLetter(failure, now.plus(request.redelivery().firstDelay()));
        }
    }
}
