package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** EL.1: positions, and the categories of streams. */
@DisplayNameGeneration(RuleNames.class)
public abstract class LogOrderContract {

    private final String category = Unique.category();

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    private List<RecordedEvent> handedOut(String... categories) {
        return LogReading.from(fixture().log())
                .matching(LogFilter.ofCategories(categories))
                .all();
    }

    @Test
    void el1_everyEventHasThePositionThatItsAppendWasTold() {
        List<Position> told = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            AppendResult result = store().append(category + "-" + i % 2, List.of(new Counted(i), new Counted(i + 100)));
            told.addAll(result.positions());
            assertThat(result.lastPosition()).contains(told.get(told.size() - 1));
        }

        assertThat(handedOut(category)).extracting(RecordedEvent::position).isEqualTo(told);
    }

    @Test
    void el1_positionsGrowFromAppendToAppendWhateverTheStream() {
        Position last = Position.START;
        for (int i = 0; i < 20; i++) {
            for (Position position : store().append(category + "-" + i % 3, List.of(new Counted(1), new Counted(2)))
                    .positions()) {
                assertThat(position).isGreaterThan(last);
                last = position;
            }
        }
    }

    @Test
    void el1_withinAStreamPositionsGrowWithVersions() {
        for (int i = 0; i < 5; i++) {
            store().append(category + "-1", List.of(new Counted(1), new Counted(2)));
            store().append(category + "-2", List.of(new Counted(3)));
        }

        List<RecordedEvent> events = store().load(category + "-1").events();

        assertThat(events).hasSize(10).extracting(RecordedEvent::position).isSorted();
        assertThat(handedOut(category))
                .filteredOn(event -> event.stream().value().equals(category + "-1"))
                .isEqualTo(events);
    }

    @Test
    void el1_anEventIsTheSameInTheLogAsInItsStream() {
        store().append(category + "-1", List.of(new Counted(1)));

        RecordedEvent inTheStream = store().load(category + "-1").events().get(0);

        assertThat(handedOut(category)).singleElement().satisfies(inTheLog -> {
            assertThat(inTheLog).isEqualTo(inTheStream);
            assertThat(inTheLog.recordedAt()).isEqualTo(inTheStream.recordedAt());
            assertThat(inTheLog.type()).isEqualTo(inTheStream.type());
            assertThat(inTheLog.data()).isEqualTo(inTheStream.data());
            assertThat(inTheLog.metadata()).isEqualTo(inTheStream.metadata());
            assertThat(inTheLog.payload()).isEqualTo(new Counted(1));
        });
    }

    @ParameterizedTest
    @CsvSource({"C-42,C", "C,C", "C-,C", "C-a-b,C", "C_x-1,C_x", "'C x-1','C x'", "'-C',''", "C\u2010x,C\u2010x"})
    void el1_aCategoryIsThePartBeforeTheFirstDash(String pattern, String expected) {
        String stream = pattern.replace("C", category);
        store().append(stream, List.of(new Counted(1)));

        assertThat(handedOut(expected.replace("C", category)))
                .extracting(event -> event.stream().value())
                .contains(stream);
    }

    @Test
    void el1_aCategoryIsNotTheBeginningOfAnother() {
        store().append(category + "-1", List.of(new Counted(1)));
        store().append(category + "x-1", List.of(new Counted(2)));
        store().append("x" + category + "-1", List.of(new Counted(3)));
        store().append(category + "_", List.of(new Counted(4)));

        assertThat(handedOut(category))
                .extracting(event -> event.stream().value())
                .containsExactly(category + "-1");
    }
}
