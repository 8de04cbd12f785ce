package com.portfolio.infra.benchmarks.codec;

import com.portfolio.infra.benchmarks.BankEvent;
import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Writing and reading one event of about 300 bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

    private final EventCodec codec = BankEvent.codec();
    private final BankEvent event = BankEvent.sample();
    private final EncodedPayload encoded = codec.encode(event);

    @Benchmark
    public EncodedPayload encode() {
        return codec.encode(event);
    }

    @Benchmark
    public Object decode() {
        return codec.decode(encoded);
    }
}
