package com.portfolio.infra.ports.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.ports.event.EventIds;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.event.Metadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PagesTest {

    record Counted(int number) implements DomainEvent {}

    /** Writes a number as its digits, and counts how often it reads one. */
    private static final class DigitsCodec implements EventCodec {

        private int decoded;

        @Override
        public EventTypes types() {
            return EventTypes.of(Counted.class, "Counted");
        }

        @Override
        public EncodedPayload encode(Object payload) {
            return new EncodedPayload(EventType.of("Counted"), Integer.toString(((Counted) payload).number()));
        }

        @Override
        public Object decode(EncodedPayload encoded) {
            decoded++;
            return switch (encoded.type().name()) {
                case "Counted" -> new Counted(Integer.parseInt(encoded.data()));
                case "Foreign" -> encoded.data();
                default -> throw new EventDecodingException("no class is registered for it", null);
            };
        }

        @Override
        public String encodeMetadata(Metadata metadata) {
            return metadata.get("k").orElse("");
        }

        @Override
        public Metadata decodeMetadata(String encoded) {
            return Metadata.of("k", encoded);
        }
    }

    private final DigitsCodec codec = new DigitsCodec();

    private RecordedEvent event(String type, long version) {
        return new RecordedEvent(
                EventIds.next(),
                StreamId.of("a-1"),
                version,
                Position.of(version * 10),
                Instant.EPOCH,
                new EncodedPayload(EventType.of(type), Long.toString(version)),
                "meta",
                codec);
    }

    private List<RecordedEvent> events(long... versions) {
        List<RecordedEvent> events = new ArrayList<>();
        for (long version : versions) {
            events.add(event("Counted", version));
        }
        return events;
    }

    @Test
    void aForwardPageGoesOnUntilTheStreamsVersion() {
        StreamQuery query = StreamQuery.forward("a-1").limit(2);

        assertThat(StreamPage.of(query, 3, events(1, 2)).next()).contains(query.from(3));
        assertThat(StreamPage.of(query, 2, events(1, 2)).next()).isEmpty();
        assertThat(StreamPage.of(query, 0, List.of()).next()).isEmpty();
    }

    @Test
    void aBackwardPageGoesOnUntilTheFirstEvent() {
        StreamQuery query = StreamQuery.backward("a-1").limit(2);

        assertThat(StreamPage.of(query, 3, events(3, 2)).next()).contains(query.from(1));
        assertThat(StreamPage.of(query, 3, events(2, 1)).next()).isEmpty();
    }

    @Test
    void loadingFollowsThePagesToTheEnd() {
        EventStore store = new EventStore() {
            @Override
            public AppendResult append(AppendRequest request) {
                return new AppendResult(request.stream(), 0, List.of(), false);
            }

            @Override
            public StreamPage read(StreamQuery query) {
                long from = query.fromVersion();
                return StreamPage.of(query, 5, from == 5 ? events(5) : events(from, from + 1));
            }
        };

        assertThat(store.load("a-1").payloads(Counted.class))
                .extracting(Counted::number)
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(store.loadFromVersion("a-1", 3).events()).hasSize(3);
        assertThat(store.load("a-1").expectedVersion()).isEqualTo(ExpectedVersion.exactly(5));
    }

    @Test
    void aStreamThatIsTombstonedWhileItIsLoadedIsEmpty() {
        EventStore store = new EventStore() {
            @Override
            public AppendResult append(AppendRequest request) {
                return new AppendResult(request.stream(), 0, List.of(), false);
            }

            @Override
            public StreamPage read(StreamQuery query) {
                boolean first = query.fromVersion() == 1;
                return StreamPage.of(query, first ? 5 : 0, first ? events(1, 2) : List.of());
            }
        };

        assertThat(store.load("a-1")).isEqualTo(new LoadedStream(StreamId.of("a-1"), 0, List.of()));
    }

    @Test
    void aPayloadIsDecodedOnFirstUseAndOnce() {
        RecordedEvent event = event("Counted", 7);
        assertThat(event.data()).isEqualTo("7");
        assertThat(codec.decoded).isZero();

        assertThat(event.payload()).isEqualTo(new Counted(7));
        assertThat(event.payload(Counted.class)).isSameAs(event.payload());
        assertThat(codec.decoded).isEqualTo(1);
        assertThat(event.metadata()).isEqualTo(Metadata.of("k", "meta"));
    }

    @Test
    void anUnknownTypeIsNamedWithStreamAndVersionAndItsRawDataIsThere() {
        RecordedEvent event = event("Gone", 7);

        assertThatThrownBy(event::payload)
                .isInstanceOfSatisfying(EventNotDecodableException.class, e -> {
                    assertThat(e.stream()).isEqualTo(StreamId.of("a-1"));
                    assertThat(e.version()).isEqualTo(7);
                    assertThat(e.type()).isEqualTo(EventType.of("Gone"));
                })
                .hasMessageContainingAll("Event 7 of stream 'a-1'", "Gone", "no class is registered");
        assertThat(event.data()).isEqualTo("7");
    }

    @Test
    void aPayloadOfAnotherClassThanAskedForIsRefused() {
        assertThatThrownBy(() -> event("Foreign", 1).payload()).hasMessageContaining("does not implement DomainEvent");
        assertThatThrownBy(() -> event("Counted", 1).payload(Other.class))
                .isInstanceOf(EventNotDecodableException.class)
                .hasMessageContainingAll(Counted.class.getName(), Other.class.getName());
    }

    record Other() implements DomainEvent {}

    @Test
    void filtersPassTheirCategoriesAndTheirTypes() {
        RecordedEvent event = event("Counted", 1);

        assertThat(LogFilter.all().matches(event)).isTrue();
        assertThat(LogFilter.ofCategories("a").matches(event)).isTrue();
        assertThat(LogFilter.ofCategories("b").matches(event)).isFalse();
        assertThat(LogFilter.ofTypes("Counted").matches(event)).isTrue();
        assertThat(LogFilter.ofTypes("Gone").matches(event)).isFalse();
        assertThat(LogFilter.ofTypes("Gone").isAll()).isFalse();
        assertThat(LogFilter.ofTypes("Gone", "Counted", "Gone").matches(event)).isTrue();
    }

    @Test
    void aFilterThatNamesNothingIsRefusedAsItWouldPassEverything() {
        assertThatThrownBy(LogFilter::ofTypes).hasMessageContaining("at least one type");
        assertThatThrownBy(LogFilter::ofCategories).hasMessageContaining("at least one category");
    }

    @Test
    void aCheckpointOfAnotherIncarnationIsRefusedWithWhatToDo() {
        Checkpoint checkpoint = new Checkpoint(new LogId("old"), Position.of(5));

        assertThat(CheckpointRefusedException.ofAnotherLog(checkpoint, new LogId("new")))
                .hasMessageContainingAll("position 5 is of log old", "this is log new", "rebuild");
        assertThat(CheckpointRefusedException.beyondTheHead(Position.of(9), Position.of(5)))
                .hasMessageContainingAll("Position 9 is beyond the end", "last position is 5");
        assertThat(new AppendResult(StreamId.of("a"), 1, List.of(Position.of(3)), false).lastPosition())
                .isEqualTo(Optional.of(Position.of(3)));
    }
}
