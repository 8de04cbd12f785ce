package com.portfolio.infra.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.heap.SmallHeap.Way;
import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonEventStore;
import com.portfolio.infra.neon.NeonSchema;
import com.portfolio.infra.neon.NeonSettings;
import com.portfolio.infra.neon.NeonUrl;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.NewEvent;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million events in a stream, and more in the log, are read by a process with a heap of 64 MB. */
class SmallHeapTest {

    private static final int APPENDS = 1_000;
    private static final int EVENTS_OF_AN_APPEND = 1_000;
    private static final String LONG = "long-1";
    private static final String SHORT = "short-1";

    private static PostgresDatabase postgres;
    private static final Sum STREAM = Sum.forward();
    private static final Sum LOG = Sum.forward();

    @TempDir
    Path directory;

    @BeforeAll
    static void writeAMillionEvents() {
        postgres = Postgres.shared().createDatabase();
        new NeonSchema(NeonUrl.parse(postgres.libpqUrl()), NeonSettings.alwaysOn()).migrate();
        try (NeonDatabase database = NeonDatabase.open(postgres.libpqUrl(), NeonSettings.alwaysOn())) {
            NeonEventStore store = new NeonEventStore(database, Counted.CODEC);
            for (int i = 0; i < APPENDS; i++) {
                append(store, LONG, (long) i * EVENTS_OF_AN_APPEND, EVENTS_OF_AN_APPEND, STREAM);
                append(store, SHORT, i, 1, LOG);
            }
        }
    }

    private static void append(NeonEventStore store, String stream, long version, int size, Sum alone) {
        List<NewEvent> events = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            events.add(NewEvent.of(Counted.of(version + i)));
        }
        AppendResult result = store.append(AppendRequest.ofEvents(stream, ExpectedVersion.exactly(version), events));
        assertThat(result.version()).isEqualTo(version + size);
        for (int i = 0; i < size; i++) {
            int characters =
                    Counted.CODEC.encode(events.get(i).payload()).data().length();
            alone.add(stream, version + 1 + i, events.get(i).id(), characters);
            if (alone != LOG) {
                LOG.add(stream, version + 1 + i, events.get(i).id(), characters);
            }
        }
    }

    @AfterAll
    static void drop() {
        Postgres.shared().dropDatabase(postgres);
    }

    @Test
    void aStreamOfAMillionEventsIsReadForward() throws Exception {
        assertThat(read(Way.STREAM_FORWARD)).startsWith("1000000 events").isEqualTo(STREAM.toString());
    }

    @Test
    void aStreamOfAMillionEventsIsReadBackward() throws Exception {
        assertThat(read(Way.STREAM_BACKWARD)).isEqualTo(STREAM.toString());
    }

    @Test
    void aLogOfAMillionEventsIsReadByPages() throws Exception {
        assertThat(read(Way.LOG)).startsWith("1001000 events").isEqualTo(LOG.toString());
    }

    @Test
    void aLogOfAMillionEventsIsReplayedByASubscription() throws Exception {
        assertThat(read(Way.SUBSCRIPTION)).isEqualTo(LOG.toString());
    }

    /** Which shows that the heap is as small as it should be. */
    @Test
    void aMillionEventsAtOnceDoNotFit() throws Exception {
        assertThat(read(Way.STREAM_AT_ONCE)).contains("OutOfMemoryError");
    }

    /** What the process says in the end: the sum, or what is wrong. */
    private String read(Way way) throws Exception {
        Path errors = directory.resolve("errors");
        Process process = SmallHeap.start(way, LONG, postgres.libpqUrl(), errors);
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return process.exitValue() == 0 ? output.strip() : output + Files.readString(errors);
        } finally {
            process.destroyForcibly();
        }
    }
}
