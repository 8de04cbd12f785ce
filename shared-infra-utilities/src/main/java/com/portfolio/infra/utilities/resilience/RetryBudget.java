package com.portfolio.infra.utilities.resilience;

/**
 * How much load repetitions may add, over all callers together: of the last ten seconds a part of the calls, and a
 * few for each second, so that a service with few calls can repeat at all.
 *
 * <p>Without it a dependency that fails gets several times the load at the very moment when it can bear least. A
 * call that the budget refuses to repeat fails with its own failure, at once.
 *
 * @param ratio     repetitions for each call, from 0 up; 0.1 adds a tenth at most
 * @param perSecond repetitions for each second beside that, whatever the number of calls; not negative
 */
public record RetryBudget(double ratio, int perSecond) {

    private static final RetryBudget DEFAULTS = new RetryBudget(0.1, 5);
    private static final RetryBudget UNLIMITED = new RetryBudget(0, Integer.MAX_VALUE);

    /**
     * Checks every setting.
     *
     * @throws IllegalArgumentException with everything that is out of range
     */
    public RetryBudget {
        Problems problems = new Problems("A retry budget");
        problems.require(
                ratio >= 0 && ratio <= 1_000, "needs a ratio from 0 to 1000 repetitions for each call, not " + ratio);
        problems.require(perSecond >= 0, "needs a perSecond that is not negative, not " + perSecond);
        problems.throwIfAny();
    }

    /** A tenth of the calls, and five each second: of 1,000 calls at once no more than 150 are repeated. */
    public static RetryBudget defaults() {
        return DEFAULTS;
    }

    /** No limit but those of the {@linkplain RetryPolicy policy}. */
    public static RetryBudget unlimited() {
        return UNLIMITED;
    }
}
