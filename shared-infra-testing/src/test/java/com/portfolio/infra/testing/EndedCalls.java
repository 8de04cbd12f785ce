package com.portfolio.infra.testing;

import com.portfolio.infra.utilities.middleware.Call;
import com.portfolio.infra.utilities.middleware.CallEnd;
import com.portfolio.infra.utilities.middleware.CallScope;
import com.portfolio.infra.utilities.middleware.Middleware;
import com.portfolio.infra.utilities.middleware.MiddlewareLayer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Middleware that keeps what it is told of calls until they end. Thread-safe. */
public final class EndedCalls implements Middleware {

    private final List<Ended> calls = new CopyOnWriteArrayList<>();

    /**
     * A call that has ended.
     *
     * @param told its attributes, details and results, and as {@code failure} the simple name of its exception
     */
    public record Ended(Call call, Map<String, String> told) {}

    /** In the order of their ends. */
    public List<Ended> all() {
        return calls;
    }

    /** What was told of the first one. */
    public Map<String, String> first() {
        return calls.get(0).told();
    }

    @Override
    public MiddlewareLayer layer() {
        return MiddlewareLayer.LOGGING;
    }

    @Override
    public CallScope begin(Call call) {
        return new CallScope() {
            @Override
            public void leave() {}

            @Override
            public void end(CallEnd end) {
                Map<String, String> told = new ConcurrentHashMap<>();
                call.forEachAttribute(told::put);
                call.forEachDetail(told::put);
                call.forEachResult(told::put);
                end.failure()
                        .ifPresent(failure ->
                                told.put("failure", failure.getClass().getSimpleName()));
                calls.add(new Ended(call, told));
            }
        };
    }
}
