package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.EventNotDecodableException;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.testing.contract.KitCodecs.FormerlyOpened;
import com.portfolio.infra.testing.contract.KitCodecs.Happened;
import com.portfolio.infra.testing.contract.KitCodecs.NewerOpened;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import com.portfolio.infra.testing.contract.KitEvent.Noted;
import com.portfolio.infra.testing.contract.KitEvent.Opened;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;

/** ES.11: events of unknown types and of other schema versions. */
@DisplayNameGeneration(RuleNames.class)
public abstract class TypesAndUpcastingContract {

    private final String category = Unique.category();
    private final String stream = category + "-1";

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    private void appendForeign() {
        fixture()
                .storeWith(KitCodecs.foreign())
                .append(AppendRequest.of(stream, ExpectedVersion.any(), List.of(new Happened("it")))
                        .with(Metadata.of("who", "them")));
    }

    private RecordedEvent event(int version) {
        return store().load(stream).events().get(version - 1);
    }

    private void undecodable(RecordedEvent event, String type, int version) {
        assertThatExceptionOfType(EventNotDecodableException.class)
                .isThrownBy(event::payload)
                .satisfies(e -> {
                    assertThat(e.stream()).isEqualTo(StreamId.of(stream));
                    assertThat(e.version()).isEqualTo(version);
                    assertThat(e.type().name()).isEqualTo(type);
                    assertThat(e.isRetryable()).isFalse();
                })
                .withMessageContaining(type)
                .withMessageContaining(stream)
                .withMessageContaining(Integer.toString(version));
    }

    @Test
    void es11_anEventOfAnUnknownTypeIsKeptAndItsRawDataIsThere() {
        appendForeign();

        RecordedEvent event = event(1);

        assertThat(event.type().name()).isEqualTo(KitCodecs.FOREIGN);
        assertThat(event.data())
                .isEqualTo(KitCodecs.foreign().encode(new Happened("it")).data());
        assertThat(event.metadata()).isEqualTo(Metadata.of("who", "them"));
    }

    @Test
    void es11_aTypedPayloadOfAnUnknownTypeIsAnErrorNamingTypeStreamAndVersion() {
        store().append(stream, List.of(new Counted(1)));
        appendForeign();

        undecodable(event(2), KitCodecs.FOREIGN, 2);
        assertThatExceptionOfType(EventNotDecodableException.class)
                .isThrownBy(() -> store().load(stream).payloads(KitEvent.class));
    }

    @Test
    void es11_otherEventsAreNotAffectedByOneThatCantBeDecoded() {
        store().append(stream, List.of(new Counted(1)));
        appendForeign();
        store().append(stream, ExpectedVersion.exactly(2), List.of(new Counted(3)));
        String other = category + "-2";
        store().append(other, List.of(new Counted(4)));

        assertThat(event(1).payload()).isEqualTo(new Counted(1));
        assertThat(event(3).payload()).isEqualTo(new Counted(3));
        assertThat(store().loadFromVersion(stream, 3).payloads(Counted.class)).containsExactly(new Counted(3));
        assertThat(store().load(other).payloads(Counted.class)).containsExactly(new Counted(4));
    }

    @Test
    void es11_theLogHandsOutEventsOfUnknownTypes() {
        appendForeign();
        store().append(stream, List.of(new Counted(2)));

        List<RecordedEvent> events = LogReading.from(fixture().log())
                .matching(LogFilter.ofCategories(category))
                .all();

        assertThat(events).hasSize(2);
        undecodable(events.get(0), KitCodecs.FOREIGN, 1);
        assertThat(events.get(1).payload()).isEqualTo(new Counted(2));
    }

    @Test
    void es11_anEventOfAnOlderSchemaVersionIsUpcastOneToOneAndStaysAsItWasStored() {
        EventStore former = fixture().storeWith(KitCodecs.former());
        former.append(stream, List.of(new FormerlyOpened("a")));
        store().append(stream, List.of(new Opened("b", "USD")));
        former.append(stream, List.of(new FormerlyOpened("c")));

        assertThat(store().load(stream).payloads(Opened.class))
                .containsExactly(new Opened("a", "EUR"), new Opened("b", "USD"), new Opened("c", "EUR"));
        assertThat(event(1).type().schemaVersion()).isEqualTo(1);
        assertThat(event(2).type().schemaVersion()).isEqualTo(2);
        assertThat(event(1).data())
                .isEqualTo(KitCodecs.former().encode(new FormerlyOpened("a")).data());
    }

    @Test
    void es11_anEventOfASchemaVersionThatIsYetToComeIsAnErrorForWhoeverAsksForItsPayload() {
        fixture().storeWith(KitCodecs.newer()).append(stream, List.of(new NewerOpened("a", "EUR", "b")));

        assertThat(event(1).type().schemaVersion()).isEqualTo(3);
        undecodable(event(1), KitCodecs.OPENED, 1);
    }

    @Test
    void es11_askingForAPayloadOfAnotherClassIsAnError() {
        store().append(stream, List.of(new Counted(1)));

        assertThat(event(1).payload(KitEvent.class)).isEqualTo(new Counted(1));
        assertThatExceptionOfType(EventNotDecodableException.class)
                .isThrownBy(() -> event(1).payload(Noted.class))
                .withMessageContaining(Noted.class.getName());
    }
}
