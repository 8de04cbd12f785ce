package com.portfolio.infra.ports.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EventIds;
import com.portfolio.infra.ports.event.Metadata;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestsTest {

    record Happened(int number) implements DomainEvent {}

    @Test
    void aStreamIdHasOneTo255CharactersWithoutNulAndLoneSurrogates() {
        assertThat(StreamId.of("x".repeat(255)).value()).hasSize(255);
        assertThatThrownBy(() -> StreamId.of("")).hasMessageContaining("this one has 0");
        assertThatThrownBy(() -> StreamId.of("x".repeat(256))).hasMessageContaining("this one has 256");
        assertThatThrownBy(() -> StreamId.of("a\0"))
                .hasMessageContaining("U+0000")
                .hasMessageContaining("index 1");
        assertThatThrownBy(() -> StreamId.of("a\uD800")).hasMessageContaining("stream id");
    }

    @Test
    void aCategoryIsThePartBeforeTheFirstDashOrTheWholeName() {
        assertThat(StreamId.of("account-42-a").category()).isEqualTo("account");
        assertThat(StreamId.of("account").category()).isEqualTo("account");
        assertThat(StreamId.of("-42").category()).isEmpty();
    }

    @Test
    void expectedVersionsMatchWhatTheyDemand() {
        assertThat(List.of(0L, 1L, 2L)).allMatch(ExpectedVersion.any()::matches);
        assertThat(List.of(0L, 1L, 2L))
                .filteredOn(ExpectedVersion.noStream()::matches)
                .containsExactly(0L);
        assertThat(List.of(0L, 1L, 2L))
                .filteredOn(ExpectedVersion.streamExists()::matches)
                .containsExactly(1L, 2L);
        assertThat(List.of(0L, 1L, 2L))
                .filteredOn(ExpectedVersion.exactly(2)::matches)
                .containsExactly(2L);
        assertThat(ExpectedVersion.exactly(0)).isSameAs(ExpectedVersion.noStream());
        assertThatThrownBy(() -> ExpectedVersion.exactly(-1)).hasMessageContaining("-1");
    }

    @Test
    void anAppendCarriesTheCorrelationOfItsThreadAndAnEventsOwnMetadataWins() {
        AppendRequest request;
        try (Correlation.Scope scope = Correlation.open("request-1")) {
            assertThat(scope).isNotNull();
            request = AppendRequest.of("a-1", ExpectedVersion.any(), List.of(new Happened(1)))
                    .with(Metadata.of("tenant", "t"));
        }
        NewEvent own = new NewEvent(EventIds.next(), new Happened(2), Metadata.of("tenant", "mine"));

        assertThat(request.metadata().correlationId()).contains("request-1");
        assertThat(request.metadataOf(own).entries())
                .containsEntry("tenant", "mine")
                .containsEntry("correlationId", "request-1");
    }

    @Test
    void eventsOfAnAppendHaveIdsOfTheirOwn() {
        UUID id = EventIds.next();
        List<NewEvent> twice = List.of(NewEvent.of(id, new Happened(1)), NewEvent.of(id, new Happened(2)));

        assertThatThrownBy(() -> AppendRequest.ofEvents("a-1", ExpectedVersion.any(), twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'a-1'", id.toString(), "index 1");
    }

    @Test
    void aMissingEventIsNamedByItsIndex() {
        assertThatThrownBy(() -> AppendRequest.of("a-1", ExpectedVersion.any(), Arrays.asList(new Happened(1), null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("events[1]");
        assertThatThrownBy(() -> AppendRequest.ofEvents(
                        "a-1", ExpectedVersion.any(), Arrays.asList(NewEvent.of(new Happened(1)), null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("events[1]");
    }

    @Test
    void pagesHaveAtLeastOneAndAtMostTenThousandEvents() {
        assertThatThrownBy(() -> StreamQuery.forward("a").limit(0)).hasMessageContaining("1 to 10000 events, not 0");
        assertThatThrownBy(() -> LogQuery.after(Position.START).limit(10_001)).hasMessageContaining("not 10001");
        assertThatThrownBy(() -> StreamQuery.forward("a").from(-1)).hasMessageContaining("version -1");
        assertThatThrownBy(() -> Position.of(-1)).hasMessageContaining("-1");
    }

    @Test
    void anErrorSaysWhatHappenedWhatWasExpectedAndWhatIsNowTrue() {
        assertThat(new WrongExpectedVersionException(StreamId.of("order-42"), ExpectedVersion.exactly(5), 7))
                .hasMessage("Stream 'order-42' is at version 7 but the append expected version 5; nothing was stored.");
        assertThat(new WrongExpectedVersionException(StreamId.of("order-42"), ExpectedVersion.noStream(), 7))
                .hasMessageContaining("expected no stream");
    }
}
