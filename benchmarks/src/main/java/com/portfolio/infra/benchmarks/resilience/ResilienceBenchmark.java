package com.portfolio.infra.benchmarks.resilience;

import com.portfolio.infra.utilities.resilience.Resilience;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A call that succeeds at once, through retry and breaker: ours beside Resilience4j as it comes, with the same window. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ResilienceBenchmark {

    private static final int WINDOW = 50;
    private static final int MINIMUM = 20;

    private final Resilience ours = Resilience.of("benchmark");
    private final Supplier<Integer> plain = Retry.decorateSupplier(
            Retry.ofDefaults("benchmark"), CircuitBreaker.decorateSupplier(breaker(), this::work));

    private int state;

    private static CircuitBreaker breaker() {
        return CircuitBreaker.of(
                "benchmark",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(MINIMUM)
                        .build());
    }

    private Integer work() {
        state++;
        return state & 127;
    }

    @TearDown
    public void close() {
        ours.close();
    }

    @Benchmark
    public Integer nothingAroundIt() {
        return work();
    }

    @Benchmark
    public Integer ours() {
        return ours.call(this::work);
    }

    @Benchmark
    public Integer resilience4j() {
        return plain.get();
    }
}
