package com.portfolio.infra.benchmarks.middleware;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.utilities.middleware.Call;
import com.portfolio.infra.utilities.middleware.CallKind;
import com.portfolio.infra.utilities.middleware.ErrorHandlingMiddleware;
import com.portfolio.infra.utilities.middleware.LoggingMiddleware;
import com.portfolio.infra.utilities.middleware.MetricsMiddleware;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.MiddlewareEventStore;
import com.portfolio.infra.utilities.middleware.TracingMiddleware;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A call that succeeds at once, through the whole chain with no metrics registry and a logger that lets DEBUG pass
 * nowhere: outside of any request, in the scope of one, and in its trace. And a read of a store that does nothing, through
 * a decorator with and without a chain.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MiddlewareBenchmark {

    private static final Call CALL = Call.of(CallKind.OTHER, "work").system("benchmark");
    private static final Call TASK = Call.of(CallKind.TASK, "request");

    private final MiddlewareChain chain = MiddlewareChain.of(
            TracingMiddleware.create(),
            new MetricsMiddleware(),
            LoggingMiddleware.create(),
            ErrorHandlingMiddleware.create());
    private final Idle idle = new Idle();
    private final EventStore through = new MiddlewareEventStore(idle, chain, "memory");
    private final EventStore withoutChain = new MiddlewareEventStore(idle, MiddlewareChain.none());
    private final StreamQuery query = StreamQuery.forward("account-1");

    private int state;

    /** A store whose streams are all empty. */
    private static final class Idle implements EventStore {

        private final StreamPage page = StreamPage.of(StreamQuery.forward("account-1"), 0, List.of());

        @Override
        public AppendResult append(AppendRequest appended) {
            throw new UnsupportedOperationException("It only reads.");
        }

        @Override
        public StreamPage read(StreamQuery asked) {
            return page;
        }
    }

    /** On a thread that works for a request with a correlation id. */
    @State(Scope.Thread)
    public static class InARequest {

        private Correlation.Scope scope = () -> {};

        @Setup(Level.Trial)
        public void open() {
            scope = Correlation.open("request-1");
        }

        @TearDown(Level.Trial)
        public void close() {
            scope.close();
        }
    }

    private Integer work() {
        state++;
        return state & 127;
    }

    @Benchmark
    public Integer nothingAroundIt() {
        return work();
    }

    @Benchmark
    public Integer noMiddleware() {
        return MiddlewareChain.none().call(CALL, this::work);
    }

    @Benchmark
    public Integer wholeChain() {
        return chain.call(CALL, this::work);
    }

    @Benchmark
    public Integer wholeChainInARequest(InARequest request) {
        return chain.call(CALL, this::work);
    }

    /** The task is the request, and begins its trace; the call is one inside: two spans. */
    @Benchmark
    public Integer twoCallsInATrace(InARequest request) {
        return chain.call(TASK, () -> chain.call(CALL, this::work));
    }

    @Benchmark
    public StreamPage plainRead() {
        return idle.read(query);
    }

    @Benchmark
    public StreamPage readWithoutMiddleware() {
        return withoutChain.read(query);
    }

    @Benchmark
    public StreamPage readThroughTheChain() {
        return through.read(query);
    }
}
