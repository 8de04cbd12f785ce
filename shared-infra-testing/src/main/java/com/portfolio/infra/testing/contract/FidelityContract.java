package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.event.EventIds;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.event.WellFormed;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.NewEvent;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import com.portfolio.infra.testing.contract.KitEvent.Noted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ES.7: what is read equals what was appended. */
@DisplayNameGeneration(RuleNames.class)
public abstract class FidelityContract {

    private static final int ONE_MEGABYTE = 1 << 20;

    private final String stream = Unique.stream();

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    private void comesBack(KitEvent event) {
        store().append(stream, List.of(event));

        RecordedEvent stored = store().load(stream).events().get(0);

        assertThat(stored.data()).isEqualTo(KitCodecs.current().encode(event).data());
        assertThat(stored.payload()).isEqualTo(event);
    }

    static Stream<KitEvent> es7_anEventOfAnyShapeComesBackAsItWas() {
        return Samples.events();
    }

    @ParameterizedTest
    @MethodSource
    void es7_anEventOfAnyShapeComesBackAsItWas(KitEvent event) {
        comesBack(event);
    }

    @Test
    void es7_anyWellFormedTextComesBackAsItWas() {
        List<Noted> events = Samples.texts().map(Noted::new).toList();

        store().append(stream, events);

        assertThat(store().load(stream).payloads(Noted.class)).isEqualTo(events);
    }

    @Test
    void es7_randomTextComesBackAsItWas() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Noted> events = IntStream.range(0, 50)
                .mapToObj(i -> new Noted(Samples.randomText(random, random.nextInt(2_000))))
                .toList();

        store().append(stream, events);

        assertThat(store().load(stream).payloads(Noted.class))
                .as("text of seed %d", seed)
                .isEqualTo(events);
    }

    @Test
    void es7_aPayloadOfAMegabyteComesBackAsItWas() {
        comesBack(new Noted("\ud83d\ude00 0123456789\n\u0000".repeat(ONE_MEGABYTE / 15)));
    }

    @Test
    void es7_manyLargePayloadsInOneAppendComeBackAsTheyWere() {
        List<Noted> events = IntStream.range(0, 8)
                .mapToObj(i -> new Noted(Integer.toString(i).repeat(ONE_MEGABYTE / 2)))
                .toList();

        store().append(stream, events);

        assertThat(store().load(stream).payloads(Noted.class)).isEqualTo(events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udc00b", "\ud83d", "\ude00\ud83d"})
    void es7_halfOfASurrogatePairIsRefusedNamingTheField(String text) {
        assertThatExceptionOfType(EventEncodingException.class)
                .isThrownBy(() -> store().append(stream, List.of(new Counted(1), new Noted(text))))
                .withMessageContaining("text");
        assertThat(store().load(stream).exists()).isFalse();
    }

    @Test
    void es7_idTypeAndTimeOfAnEventAreKept() {
        UUID id = EventIds.next();
        Instant before = Instant.now();

        store().append(AppendRequest.ofEvents(
                stream, ExpectedVersion.any(), List.of(NewEvent.of(id, new KitEvent.Opened("a", "USD")))));

        RecordedEvent stored = store().load(stream).events().get(0);
        assertThat(stored.id()).isEqualTo(id);
        assertThat(stored.stream()).isEqualTo(StreamId.of(stream));
        assertThat(stored.type().name()).isEqualTo(KitCodecs.OPENED);
        assertThat(stored.type().schemaVersion()).isEqualTo(2);
        // A server has a clock of its own; it should not be hours away.
        assertThat(stored.recordedAt())
                .isBetween(before.minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofHours(1)));
        assertThat(store().load(stream).events().get(0).recordedAt()).isEqualTo(stored.recordedAt());
    }

    @Test
    void es7_metadataOfAnyTextComesBackAsItWas() {
        Metadata metadata = Samples.texts()
                .reduce(Metadata.empty(), (all, text) -> all.with(text, "value " + text), Metadata::with);

        store().append(AppendRequest.of(stream, ExpectedVersion.any(), List.of(new Counted(1)))
                .with(metadata));

        assertThat(store().load(stream).events().get(0).metadata()).isEqualTo(metadata);
    }

    @Test
    void es7_metadataOfTheRequestIsEachEventsBeneathItsOwn() {
        Metadata shared = Metadata.of("tenant", "t1").with("user", "u1");
        NewEvent plain = NewEvent.of(new Counted(1));
        NewEvent special = new NewEvent(EventIds.next(), new Counted(2), Metadata.of("user", "u2"));

        store().append(new AppendRequest(StreamId.of(stream), ExpectedVersion.any(), List.of(plain, special), shared));

        assertThat(store().load(stream).events())
                .extracting(RecordedEvent::metadata)
                .containsExactly(shared, shared.with("user", "u2"));
    }

    @Test
    void es7_theCorrelationOfTheThreadIsKeptWithoutBeingPassedOn() {
        Correlation.Scope scope = Correlation.open("request-1");
        try {
            store().append(stream, List.of(new Counted(1)));
        } finally {
            scope.close();
        }
        store().append(stream, List.of(new Counted(2)));

        List<RecordedEvent> events = store().load(stream).events();
        assertThat(events.get(0).metadata().correlationId()).contains("request-1");
        assertThat(events.get(0).metadata().causationId()).contains("request-1");
        assertThat(events.get(1).metadata().isEmpty()).isTrue();
    }

    static Stream<String> es7_aStreamCanHaveAnyNameOfUpTo255Characters() {
        return Stream.concat(
                Stream.of("x".repeat(255), "\ud83d\ude00".repeat(127), "\uffff\ud83d\ude00" + "\u00df".repeat(252)),
                Samples.texts().filter(text -> !text.isEmpty() && text.indexOf('\0') < 0));
    }

    @ParameterizedTest
    @MethodSource
    void es7_aStreamCanHaveAnyNameOfUpTo255Characters(String awkward) {
        String unique = Unique.category();
        String name = awkward.length() + unique.length() < 255
                ? awkward + unique
                : unique + awkward.substring(unique.length() + unique.length() % 2);
        assertThat(WellFormed.indexOfLoneSurrogate(name)).isEqualTo(-1);

        store().append(name, List.of(new Counted(1)));

        assertThat(store().load(name).events())
                .singleElement()
                .extracting(event -> event.stream().value())
                .isEqualTo(name);
        assertThat(LogReading.from(fixture().log())
                        .matching(LogFilter.ofCategories(StreamId.of(name).category()))
                        .all())
                .extracting(event -> event.stream().value())
                .contains(name);
    }
}
