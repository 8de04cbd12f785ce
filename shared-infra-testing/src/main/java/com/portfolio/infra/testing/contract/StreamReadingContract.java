package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.LoadedStream;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ES.6: reading streams, whole and in pages, forward and backward. */
@DisplayNameGeneration(RuleNames.class)
public abstract class StreamReadingContract {

    private final String stream = Unique.stream();

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    private void append(long events) {
        store().append(
                        stream,
                        LongStream.rangeClosed(1, events).mapToObj(Counted::new).toList());
    }

    private static List<Long> versions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::version).toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** Reads on from page to page, and checks each. */
    private List<RecordedEvent> readAll(StreamQuery query, long version) {
        List<RecordedEvent> all = new ArrayList<>();
        Optional<StreamQuery> next = Optional.of(query);
        while (next.isPresent()) {
            StreamPage page = store().read(next.get());
            assertThat(page.stream()).isEqualTo(query.stream());
            assertThat(page.version()).isEqualTo(version);
            assertThat(page.events()).hasSizeLessThanOrEqualTo(query.limit());
            assertThat(page.next().isPresent() && page.events().isEmpty())
                    .as("an empty page that is followed by another")
                    .isFalse();
            all.addAll(page.events());
            next = page.next();
        }
        return all;
    }

    @Test
    void es6_anUnknownStreamIsEmptyAndNoError() {
        assertThat(store().load(stream)).isEqualTo(new LoadedStream(StreamId.of(stream), 0, List.of()));
        assertThat(store().loadFromVersion(stream, 5).events()).isEmpty();
        for (StreamQuery query : List.of(StreamQuery.forward(stream), StreamQuery.backward(stream))) {
            assertThat(store().read(query))
                    .isEqualTo(new StreamPage(StreamId.of(stream), 0, List.of(), Optional.empty()));
        }
    }

    @Test
    void es6_loadGivesAllEventsInVersionOrder() {
        append(7);

        LoadedStream loaded = store().load(stream);

        assertThat(loaded.stream()).isEqualTo(StreamId.of(stream));
        assertThat(versions(loaded.events())).isEqualTo(range(1, 7));
        assertThat(loaded.payloads(Counted.class)).extracting(Counted::number).isEqualTo(range(1, 7));
    }

    @Test
    void es6_loadFromVersionGivesTheEventsFromThatVersionOn() {
        append(7);

        assertThat(versions(store().loadFromVersion(stream, 0).events())).isEqualTo(range(1, 7));
        assertThat(versions(store().loadFromVersion(stream, 1).events())).isEqualTo(range(1, 7));
        assertThat(versions(store().loadFromVersion(stream, 5).events())).isEqualTo(range(5, 7));
        assertThat(versions(store().loadFromVersion(stream, 7).events())).isEqualTo(range(7, 7));
    }

    @Test
    void es6_loadingFromBeyondTheEndGivesNoEventsAndTheVersionOfTheStream() {
        append(7);

        for (long beyond : List.of(8L, 100L, Long.MAX_VALUE)) {
            LoadedStream loaded = store().loadFromVersion(stream, beyond);
            assertThat(loaded.events()).isEmpty();
            assertThat(loaded.version()).isEqualTo(7);
        }
    }

    @Test
    void es6_aStreamLongerThanAPageIsLoadedWhole() {
        long length = 2L * StreamQuery.DEFAULT_LIMIT + 1;
        append(length);

        assertThat(versions(store().load(stream).events())).isEqualTo(range(1, length));
        assertThat(versions(store().loadFromVersion(stream, 3).events())).isEqualTo(range(3, length));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 7, 8, 100, StreamQuery.MAX_LIMIT})
    void es6_pagesOfAnySizeGiveEveryEventOnce(int limit) {
        append(7);

        assertThat(versions(readAll(StreamQuery.forward(stream).limit(limit), 7)))
                .isEqualTo(range(1, 7));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 7, 8, 100, StreamQuery.MAX_LIMIT})
    void es6_readingBackwardGivesEveryEventOnceLastFirst(int limit) {
        append(7);
        List<Long> backward = new ArrayList<>(range(1, 7));
        Collections.reverse(backward);

        assertThat(versions(readAll(StreamQuery.backward(stream).limit(limit), 7)))
                .isEqualTo(backward);
    }

    @Test
    void es6_readingBeginsWithTheVersionThatWasAskedForInBothDirections() {
        append(7);

        assertThat(versions(readAll(StreamQuery.forward(stream).from(5).limit(2), 7)))
                .containsExactly(5L, 6L, 7L);
        assertThat(versions(readAll(StreamQuery.backward(stream).from(3).limit(2), 7)))
                .containsExactly(3L, 2L, 1L);
        assertThat(versions(readAll(StreamQuery.backward(stream).from(100), 7))).hasSize(7);
        assertThat(readAll(StreamQuery.backward(stream).from(0), 7)).isEmpty();
        assertThat(readAll(StreamQuery.forward(stream).from(8), 7)).isEmpty();
    }

    @Test
    void es6_aPageAtTheEndOfTheStreamHasNoNext() {
        append(4);

        assertThat(store().read(StreamQuery.forward(stream).limit(4)).next()).isEmpty();
        assertThat(store().read(StreamQuery.forward(stream).limit(3)).next())
                .contains(StreamQuery.forward(stream).from(4).limit(3));
        assertThat(store().read(StreamQuery.backward(stream).limit(4)).next()).isEmpty();
        assertThat(store().read(StreamQuery.backward(stream).limit(3)).next())
                .contains(StreamQuery.backward(stream).from(1).limit(3));
    }

    @Test
    void es6_whatIsAppendedBetweenTwoPagesIsOnTheNext() {
        append(3);
        StreamPage first = store().read(StreamQuery.forward(stream).limit(2));
        append(2);

        StreamPage second = store().read(first.next().orElseThrow().limit(10));

        assertThat(versions(second.events())).containsExactly(3L, 4L, 5L);
        assertThat(second.version()).isEqualTo(5);
    }

    @Test
    void es6_streamsWithSimilarNamesAreDifferentStreams() {
        String composed = stream + "-\u00e9";
        List<String> names = List.of(
                stream,
                stream + "-1",
                stream + " ",
                " " + stream,
                stream.toUpperCase(Locale.ROOT),
                stream + "%",
                stream + "_",
                composed,
                Normalizer.normalize(composed, Normalizer.Form.NFD));
        for (int i = 0; i < names.size(); i++) {
            store().append(names.get(i), List.of(new Counted(i)));
        }

        for (int i = 0; i < names.size(); i++) {
            assertThat(store().load(names.get(i)).payloads(Counted.class)).containsExactly(new Counted(i));
        }
    }
}
