package com.portfolio.infra.benchmarks.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Appends with threads of this JVM. The streams are there before it is measured. */
final class AppendContender implements Contender {

    private static final double NANOS_A_MILLI = 1e6;

    private final String name;
    private final AppendPlan plan;
    private final Metric metric;
    private final Appender appender;
    private final StoredEvents stored;
    private final List<Writer> writers = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * @param metric throughput, or the median of the single appends
     * @param stored where this contender's events are to be found afterwards, in streams of that name
     */
    AppendContender(String name, AppendPlan plan, Metric metric, Appender appender, StoredEvents stored) {
        this.name = name;
        this.plan = plan;
        this.metric = metric;
        this.appender = appender;
        this.stored = stored;
        this.threads = Executors.newFixedThreadPool(plan.writers());
        for (int writer = 0; writer < plan.writers(); writer++) {
            writers.add(new Writer(stored.streams() + "-" + writer + "-"));
        }
    }

    /** The streams of one thread. */
    private final class Writer {

        private final String[] streams = new String[plan.streams()];
        private final long[] versions = new long[plan.streams()];
        private int next;

        Writer(String prefix) {
            Arrays.setAll(streams, stream -> prefix + stream);
        }

        /** Appends and returns how long each append took. */
        long[] append(int count) throws Exception {
            long[] nanos = new long[count];
            for (int i = 0; i < count; i++) {
                long begun = System.nanoTime();
                appender.append(streams[next], versions[next], plan.events());
                nanos[i] = System.nanoTime() - begun;
                versions[next] += plan.events();
                next = (next + 1) % streams.length;
            }
            return nanos;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare() throws Exception {
        append(plan.streams());
    }

    @Override
    public Slice run(int count) throws Exception {
        int each = plan.each(count);
        long begun = System.nanoTime();
        long[] latencies = append(each);
        long took = System.nanoTime() - begun;
        long events = (long) latencies.length * plan.events();
        return metric == Metric.MILLISECONDS_AN_APPEND
                ? new Slice(events, took, median(latencies) / NANOS_A_MILLI)
                : Slice.perSecond(events, latencies.length, took);
    }

    private long[] append(int each) throws Exception {
        List<Callable<long[]>> tasks = new ArrayList<>();
        for (Writer writer : writers) {
            tasks.add(() -> writer.append(each));
        }
        LongStream latencies = LongStream.empty();
        for (Future<long[]> done : threads.invokeAll(tasks)) {
            latencies = LongStream.concat(latencies, Arrays.stream(done.get()));
        }
        return latencies.toArray();
    }

    private static double median(long[] values) {
        return new Series(
                        Arrays.stream(values).mapToObj(value -> (double) value).toList())
                .median();
    }

    @Override
    public void verify() throws Exception {
        long expected = writers.stream()
                .flatMapToLong(writer -> Arrays.stream(writer.versions))
                .sum();
        stored.require(name, expected);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        appender.close();
    }
}
