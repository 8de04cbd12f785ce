package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionStatus;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a service sees of a member. */
final class InMemorySubscription implements Subscription {

    private final Member<?> member;
    private final Duration drainTimeout;

    InMemorySubscription(Member<?> member, Duration drainTimeout) {
        this.member = member;
        this.drainTimeout = drainTimeout;
    }

    @Override
    public String group() {
        return member.group();
    }

    @Override
    public CompletionStage<@Nullable Void> ready() {
        return member.ready();
    }

    @Override
    public void pause() {
        member.pause(true);
    }

    @Override
    public void resume() {
        member.pause(false);
    }

    @Override
    public SubscriptionStatus status() {
        return member.status();
    }

    @Override
    public void close() {
        close(drainTimeout);
    }

    @Override
    public boolean close(Duration drain) {
        if (drain.isNegative()) {
            throw new IllegalArgumentException("A drain timeout must not be negative, but is " + drain + ".");
        }
        return member.close(drain);
    }

    /** Closes with what is left of the drain timeout, which began at a {@link System#nanoTime()}. */
    void closeSince(long start) {
        Duration left = drainTimeout.minusNanos(System.nanoTime() - start);
        member.close(left.isNegative() ? Duration.ZERO : left);
    }

    Duration drainTimeout() {
        return drainTimeout;
    }

    Member<?> member() {
        return member;
    }
}
