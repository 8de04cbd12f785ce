package com.portfolio.infra.utilities.middleware;

/**
 * Something that happens around every call, whatever is called, and whether the call blocks or not.
 *
 * <p>It watches, and does not steer: a call's result and its failure come out as they are. What decides about calls is
 * {@link com.portfolio.infra.utilities.resilience.Resilience}.
 *
 * <p>Thread-safe.
 */
public interface Middleware {

    /** Where this stands in a chain; the same at all times. */
    MiddlewareLayer layer();

    /**
     * A call begins. Runs on the caller's thread and must not block; an exception or an error is logged and
     * harms no call.
     *
     * @return who is told how the call goes on; {@link CallScope#none()} if nobody
     */
    CallScope begin(Call call);
}
