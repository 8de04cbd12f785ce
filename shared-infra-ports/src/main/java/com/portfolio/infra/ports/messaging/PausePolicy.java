package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When a subscription pauses by itself, as a circuit breaker does: after so many attempts in a row have failed, whatever their
 * messages. Something that all of them need is likely to be down then, and trying every message to its last attempt would
 * make dead letters of all.
 *
 * <p>While it pauses, no handler begins and no attempt is used up. Then one message is tried: if that succeeds everything goes
 * on, and if it fails the subscription pauses again.
 *
 * @param failures how many attempts in a row, at least 1; more than one message has attempts, or a single bad one pauses all
 * @param pause    for how long, more than 0 and at most a day
 */
@Experimental
public record PausePolicy(int failures, Duration pause) {

    public PausePolicy {
        List<String> problems = new ArrayList<>();
        if (failures < 1) {
            problems.add("failures must be at least 1, not " + failures);
        }
        if (pause.isZero() || !Delays.isDelay(pause)) {
            problems.add("pause must be more than 0 and at most a day, but is " + pause);
        }
        Problems.check(problems, "of the pause policy");
    }
}
