package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.testing.memory.InMemoryEventStore;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandRunnerTest {

    private final InMemoryEventStore store =
            new InMemoryEventStore(JacksonEventCodec.of(EventTypes.ofSealed("accounts", AccountEvent.class)));
    private final Tally tally = new Tally();
    private final CommandRunner runner = new CommandRunner(
            new AccountService(store),
            4,
            tally,
            new Problems(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)));

    @Test
    void aStoreThatIsAwayForAMomentIsWaitedFor() throws Exception {
        store.appendFaults().failNext(3, request -> new EventStoreUnavailableException("The store is away.", null));

        runner.run(lines(SampleGenerator.lines().subList(0, 200)));

        assertThat(tally.totals().all()).isEqualTo(200);
        assertThat(tally.totals().failed()).isZero();
        assertThat(store.appendFaults().struck()).isEqualTo(3);
    }

    @Test
    void anAnswerThatIsLostDoublesNothing() throws Exception {
        List<String> lines = SampleGenerator.lines().subList(0, 200);
        store.appendFaults()
                .failNextAfterwards(20, request -> new EventStoreUnavailableException("The answer is lost.", null));

        runner.run(lines(lines));

        assertThat(store.events()).hasSize((int) SampleTotals.of(lines).accepted());
        assertThat(tally.totals().accepted() + tally.totals().alreadyDone())
                .isEqualTo(store.events().size());
    }

    @Test
    void aStoreThatFailsForGoodEndsTheRunWithItsReason() {
        store.appendFaults()
                .failAll(request -> true, request -> new EventStoreFailedException("A table is missing.", null));

        assertThatThrownBy(() -> runner.run(lines(SampleGenerator.lines())))
                .isInstanceOf(EventStoreFailedException.class)
                .hasMessage("A table is missing.");
        assertThat(store.events()).isEmpty();
        assertThat(tally.totals().all()).isLessThan(CommandRunner.WINDOW);
    }

    @Test
    void aRunThatWasStoppedBeginsNothing() throws Exception {
        runner.stop();

        runner.run(lines(SampleGenerator.lines()));

        assertThat(tally.totals().all()).isLessThanOrEqualTo(CommandRunner.WINDOW);
    }

    private static LineReader lines(List<String> lines) {
        return new LineReader(
                "The input",
                new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
