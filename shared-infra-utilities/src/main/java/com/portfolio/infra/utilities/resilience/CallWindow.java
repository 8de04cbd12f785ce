package com.portfolio.infra.utilities.resilience;

import java.time.Duration;
import java.util.Objects;

/** Which calls a {@link CircuitBreaker} looks back on. */
public sealed interface CallWindow {

    /** The last so many calls, however long ago they were. */
    static CallWindow ofCalls(int calls) {
        return new Calls(calls);
    }

    /** The calls of the last so many seconds, for a dependency that is called now and then. */
    static CallWindow ofTime(Duration time) {
        return new Time(time);
    }

    /**
     * The last calls.
     *
     * @param number how many; at least 1
     */
    record Calls(int number) implements CallWindow {

        public Calls {
            Problems problems = new Problems("A window of calls");
            problems.require(number >= 1, "needs at least 1 call, not " + number);
            problems.throwIfAny();
        }
    }

    /**
     * The calls of the last time.
     *
     * @param length whole seconds, from 1 to a day's
     */
    record Time(Duration length) implements CallWindow {

        public Time {
            Objects.requireNonNull(length, "length");
            Problems problems = new Problems("A window of time");
            problems.require(
                    length.equals(Duration.ofSeconds(length.toSeconds())), "is of whole seconds, not of " + length);
            problems.requireTime("length", length);
            problems.throwIfAny();
        }
    }
}
