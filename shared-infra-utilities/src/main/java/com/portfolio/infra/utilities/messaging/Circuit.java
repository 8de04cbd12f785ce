package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.PausePolicy;
import java.time.Instant;
import java.util.Optional;

/** Pauses a subscription whose attempts fail in a row. Not thread-safe; pure, but for the time that it is told. */
final class Circuit {

    private final Optional<PausePolicy> policy;
    private int failures;
    private Instant open = Instant.MIN;

    /** One message is being tried, and all others wait for what becomes of it. */
    private boolean trying;

    Circuit(Optional<PausePolicy> policy) {
        this.policy = policy;
    }

    /** How many messages may be begun now, of so many. */
    int allowed(int wanted, Instant now) {
        if (!isTripped()) {
            return wanted;
        }
        return trying || now.isBefore(open) ? 0 : Math.min(wanted, 1);
    }

    /** So many messages are being begun. */
    void begin(int messages) {
        trying |= isTripped() && messages > 0;
    }

    /** A message that was begun was given back. */
    void giveBack() {
        trying = false;
    }

    void succeed() {
        failures = 0;
        trying = false;
    }

    void fail(Instant now) {
        failures++;
        trying = false;
        policy.filter(known -> isTripped()).ifPresent(known -> open = now.plus(known.pause()));
    }

    /** Until when nothing begins, if there is such a time. */
    Optional<Instant> openUntil() {
        return isTripped() ? Optional.of(open) : Optional.empty();
    }

    /** Why nothing begins. */
    Optional<String> reason() {
        return openUntil()
                .map(until -> failures + " attempts in a row have failed; one message is tried at " + until + ".");
    }

    /** Whether what was taken may still be begun. */
    boolean mayGoOn() {
        return trying || !isTripped();
    }

    private boolean isTripped() {
        return policy.filter(known -> failures >= known.failures()).isPresent();
    }
}
