package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.DeadLetter.Failure;
import com.portfolio.infra.ports.messaging.DeadLetter.Failure.Kind;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.OnExhausted;
import com.portfolio.infra.ports.messaging.OnUndecodable;
import com.portfolio.infra.ports.messaging.RedeliveryPolicy;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Decides what becomes of a message after an attempt, by what its subscription asked for. Pure, but for chance. */
final class Judge {

    private static final String NOT_AGAIN = "The handler asked for one attempt more than there are.";

    /** A policy without delays is for handlers; whoever stores dead letters is not to be asked without a pause. */
    private static final Duration LEAST_PAUSE = Duration.ofMillis(10);

    private final RedeliveryPolicy redelivery;
    private final OnUndecodable onUndecodable;
    private final OnExhausted onExhausted;
    private final Supplier<? extends RandomGenerator> random;

    Judge(SubscriptionRequest<?> request, Supplier<? extends RandomGenerator> random) {
        this.redelivery = request.redelivery();
        this.onUndecodable = request.onUndecodable();
        this.onExhausted = request.onExhausted();
        this.random = random;
    }

    /** How long to wait after a dead letter could not be stored for so many times. */
    Duration storeAgainAfter(int times) {
        Duration delay = redelivery.delayAfter(times, random.get());
        return delay.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : delay;
    }

    /**
     * What becomes of a message.
     *
     * @param name    names the message for people
     * @param attempt the number of the attempt, from 1
     * @param outcome how it ended
     */
    Verdict judge(String name, int attempt, Outcome outcome) {
        if (outcome instanceof Outcome.Returned returned) {
            return afterResult(name, attempt, returned.result());
        }
        if (outcome instanceof Outcome.Threw threw) {
            Duration delay = redelivery.delayAfter(attempt, random.get());
            return afterFailure(name, attempt, delay, Failures.of(Kind.EXHAUSTED, threw.failure()));
        }
        Outcome.Undecodable undecodable = (Outcome.Undecodable) outcome;
        return onUndecodable == OnUndecodable.IGNORE
                ? Verdict.Done.INSTANCE
                : new Verdict.Letter(attempt - 1, Failures.of(Kind.UNDECODABLE, undecodable.failure()));
    }

    private Verdict afterResult(String name, int attempt, HandlerResult result) {
        if (result instanceof HandlerResult.Ack) {
            return Verdict.Done.INSTANCE;
        }
        if (result instanceof HandlerResult.Retry retry) {
            Failure failure = Failures.of(Kind.EXHAUSTED, retry.reason().orElse(NOT_AGAIN));
            return afterFailure(name, attempt, retry.delay(), failure);
        }
        if (result instanceof HandlerResult.Postpone postpone) {
            return new Verdict.Postpone(postpone.delay());
        }
        HandlerResult.ToDeadLetters rejected = (HandlerResult.ToDeadLetters) result;
        return new Verdict.Letter(attempt, Failures.of(Kind.REJECTED, rejected.reason()));
    }

    private Verdict afterFailure(String name, int attempt, Duration delay, Failure failure) {
        if (!redelivery.isExhaustedAfter(attempt)) {
            return new Verdict.Retry(delay);
        }
        if (onExhausted == OnExhausted.STOP) {
            return new Verdict.Stop(
                    "Message " + name + " failed " + attempt + " times, the last time with: " + failure.message());
        }
        return new Verdict.Letter(attempt, failure);
    }
}
