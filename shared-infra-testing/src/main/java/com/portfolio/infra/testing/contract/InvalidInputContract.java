package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.testing.contract.KitCodecs.Happened;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import com.portfolio.infra.testing.contract.KitEvent.Unwritable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ES.12: what can't be stored is refused before anything is sent. */
@DisplayNameGeneration(RuleNames.class)
public abstract class InvalidInputContract {

    private final String stream = Unique.stream();

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    /** What callers whose compiler does not check for nulls can pass. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // the point is a null where none may be
    private static <T> T missing() {
        return null;
    }

    @Test
    void es12_aPayloadThatCantBeWrittenIsRefusedNamingItsClass() {
        assertThatExceptionOfType(EventEncodingException.class)
                .isThrownBy(() -> store().append(stream, List.of(new Unwritable("a", new Object()))))
                .withMessageContaining(Unwritable.class.getName())
                .satisfies(e -> assertThat(e.isRetryable()).isFalse());
        assertThat(store().load(stream).exists()).isFalse();
    }

    @Test
    void es12_noneOfTheEventsIsStoredIfOneCantBeWritten() {
        assertThatExceptionOfType(EventEncodingException.class)
                .isThrownBy(() -> store().append(
                                stream, List.of(new Counted(1), new Unwritable("a", new Object()), new Counted(2))));
        assertThat(store().load(stream).exists()).isFalse();
        assertThat(store().append(stream, ExpectedVersion.noStream(), List.of(new Counted(1)))
                        .version())
                .isEqualTo(1);
    }

    @Test
    void es12_aPayloadWhoseClassIsNotRegisteredIsRefusedNamingIt() {
        assertThatExceptionOfType(EventEncodingException.class)
                .isThrownBy(() -> store().append(stream, List.of(new Happened("it"))))
                .withMessageContaining(Happened.class.getName());
        assertThat(store().load(stream).exists()).isFalse();
    }

    static Stream<String> es12_aStreamIdThatIsNoneIsRefused() {
        return Stream.of("", "x".repeat(256), "\ud83d\ude00".repeat(128), "a\0b", "a\ud800", "\udc00a");
    }

    @ParameterizedTest(name = "[{index}]")
    @MethodSource
    void es12_aStreamIdThatIsNoneIsRefused(String id) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> store().append(id, List.of(new Counted(1))))
                .withMessageContaining("stream id");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> store().load(id))
                .withMessageContaining("stream id");
    }

    @Test
    void es12_aNullIsRefusedNamingWhatIsMissing() {
        List<Counted> events = List.of(new Counted(1));

        assertThatNullPointerException()
                .isThrownBy(() -> store().append(InvalidInputContract.<String>missing(), events))
                .withMessageContaining("stream");
        assertThatNullPointerException()
                .isThrownBy(() -> store().append(stream, InvalidInputContract.<ExpectedVersion>missing(), events))
                .withMessageContaining("expected");
        assertThatNullPointerException()
                .isThrownBy(() -> store().append(stream, InvalidInputContract.<List<Counted>>missing()))
                .withMessageContaining("events");
        assertThatNullPointerException()
                .isThrownBy(() -> store().append(stream, Arrays.asList(new Counted(1), missing())))
                .withMessageContaining("events[1]");
        assertThatNullPointerException().isThrownBy(() -> store().append(missing()));
        assertThatNullPointerException().isThrownBy(() -> store().read(missing()));
        assertThatNullPointerException().isThrownBy(() -> store().load(missing()));
        assertThat(store().load(stream).exists()).isFalse();
    }

    @Test
    void es12_aPageOfNoEventsOrOfTooManyIsRefused() {
        StreamQuery query = StreamQuery.forward(stream);

        for (int limit : List.of(Integer.MIN_VALUE, 0, StreamQuery.MAX_LIMIT + 1)) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> store().read(query.limit(limit)))
                    .withMessageContaining(Integer.toString(limit));
        }
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> store().loadFromVersion(stream, -1))
                .withMessageContaining(stream);
    }
}
