package com.portfolio.infra.heap;

import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonEventLog;
import com.portfolio.infra.neon.NeonEventStore;
import com.portfolio.infra.neon.NeonSettings;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.utilities.eventing.CatchUpRequest;
import com.portfolio.infra.utilities.eventing.CatchUpSubscription;
import com.portfolio.infra.utilities.eventing.CatchUpSubscriptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A process with a heap of 64 MB that reads and adds up. */
final class SmallHeap {

    static final int MEGABYTES = 64;

    private static final String URL = "HEAP_TEST_DATABASE";
    private static final Duration LONGEST_REPLAY = Duration.ofMinutes(5);
    private static final int PAGE = 1_000;

    private SmallHeap() {}

    /** What to read, and how. */
    enum Way {
        STREAM_FORWARD,
        STREAM_BACKWARD,
        STREAM_AT_ONCE,
        LOG,
        SUBSCRIPTION
    }

    /** The process, whose output is the sum. */
    static Process start(Way way, String stream, String url, Path errors) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + MEGABYTES + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path")));
        // No recording of its exceptions: it takes a part of the heap that is measured here.
        Optional.ofNullable(System.getProperty("tests.child.log")).ifPresent(command::add);
        command.addAll(List.of(SmallHeap.class.getName(), way.name(), stream));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put(URL, url);
        return builder.start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        String stream = arguments[1];
        if (Runtime.getRuntime().maxMemory() > MEGABYTES * 1024L * 1024L) {
            throw new IllegalStateException("The heap is too large.");
        }
        try (NeonDatabase database =
                NeonDatabase.open(Objects.requireNonNull(System.getenv(URL)), NeonSettings.alwaysOn())) {
            NeonEventStore store = new NeonEventStore(database, Counted.CODEC);
            NeonEventLog log = new NeonEventLog(database, Counted.CODEC);
            Sum sum = switch (Way.valueOf(arguments[0])) {
                case STREAM_FORWARD -> pages(store, StreamQuery.forward(stream).limit(PAGE), Sum.forward());
                case STREAM_BACKWARD ->
                    pages(store, StreamQuery.backward(stream).limit(PAGE), Sum.backward());
                case STREAM_AT_ONCE -> {
                    Sum all = Sum.forward();
                    add(store.load(stream).events(), all);
                    yield all;
                }
                case LOG -> log(log);
                case SUBSCRIPTION -> subscription(log);
            };
            System.out.println(sum);
        }
    }

    private static Sum pages(NeonEventStore store, StreamQuery query, Sum sum) {
        Optional<StreamQuery> next = Optional.of(query);
        while (next.isPresent()) {
            StreamPage page = store.read(next.get());
            add(page.events(), sum);
            next = page.next();
        }
        return sum;
    }

    private static Sum log(NeonEventLog log) {
        Sum sum = Sum.forward();
        Position after = Position.START;
        boolean atEnd = false;
        while (!atEnd) {
            LogPage page = log.read(LogQuery.after(after).limit(PAGE));
            for (RecordedEvent event : page.events()) {
                if (!event.position().isAfter(after)) {
                    throw new IllegalStateException(event + " came after position " + after + ".");
                }
                after = event.position();
            }
            add(page.events(), sum);
            after = page.through();
            atEnd = page.atEnd();
        }
        return sum;
    }

    private static Sum subscription(NeonEventLog log) throws InterruptedException {
        Sum sum = Sum.forward();
        Position end = log.head();
        try (CatchUpSubscriptions subscriptions = new CatchUpSubscriptions(log)) {
            CatchUpSubscription replay =
                    subscriptions.start(CatchUpRequest.forEach("replay", event -> add(List.of(event), sum)));
            if (!replay.awaitPosition(end, LONGEST_REPLAY)) {
                throw new IllegalStateException("The replay takes too long: " + replay.status());
            }
        }
        return sum;
    }

    private static void add(List<RecordedEvent> events, Sum sum) {
        for (RecordedEvent event : events) {
            sum.add(
                    event.stream().value(),
                    event.version(),
                    event.id(),
                    event.data().length());
        }
    }
}
