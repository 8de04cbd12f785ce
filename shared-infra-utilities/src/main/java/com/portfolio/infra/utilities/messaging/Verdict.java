package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.DeadLetter.Failure;
import java.time.Duration;

/** What becomes of a message after an attempt. */
sealed interface Verdict {

    /** Its group is done with it. */
    record Done() implements Verdict {
        static final Done INSTANCE = new Done();
    }

    /** It failed, and the next attempt is due after a time. */
    record Retry(Duration delay) implements Verdict {}

    /** It was not tried, and is handed over again after a time. */
    record Postpone(Duration delay) implements Verdict {}

    /**
     * It becomes a dead letter.
     *
     * @param attempts how often it was tried
     */
    record Letter(int attempts, Failure failure) implements Verdict {}

    /** It is left as it is, and the subscription stops. */
    record Stop(String reason) implements Verdict {}
}
