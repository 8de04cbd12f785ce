package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.examples.accounts.AccountEvent.EmailChanged;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.testing.memory.HeldAppend;
import com.portfolio.infra.testing.memory.InMemoryEventStore;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CommandRunnerTest {

    private final InMemoryEventStore store =
            new InMemoryEventStore(JacksonEventCodec.of(EventTypes.ofSealed("accounts", AccountEvent.class)));
    private final Tally tally = new Tally();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Problems problems = new Problems(new PrintStream(err, true, StandardCharsets.UTF_8));
    private final CommandRunner runner = new CommandRunner(new AccountService(store), 4, tally, problems);

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
                .failNextAfterwards(
                        20, request -> new AppendOutcomeUnknownException(request, Duration.ofMillis(1), null));

        runner.run(lines(lines));

        assertThat(store.events()).hasSize((int) SampleTotals.of(lines).accepted());
        assertThat(tally.totals().recovered()).isEqualTo(20);
        assertThat(tally.totals().alreadyDone()).isZero();
        assertThat(tally.totals().stored()).isEqualTo(store.events().size());
    }

    @Test
    void twoSendersWhoDecideAtOnceConflictAndBothAreCarriedOut() throws Exception {
        String register =
                "{\"id\":\"1\",\"command\":\"register\",\"user\":\"ada\",\"email\":\"ada@a.org\",\"from\":\"web\"}";
        String first =
                "{\"id\":\"2\",\"command\":\"change-email\",\"user\":\"ada\",\"email\":\"ada@b.org\",\"from\":\"web\"}";
        String second =
                "{\"id\":\"3\",\"command\":\"change-email\",\"user\":\"ada\",\"email\":\"ada@c.org\",\"from\":\"app\"}";
        HeldAppend held = store.holdNextAppend(request -> carries(request, "ada@b.org"));
        // The second has decided when it comes to append: only then the first goes on.
        EventStore gate = new Gate(store, request -> {
            if (carries(request, "ada@c.org")) {
                held.release();
            }
        });
        InputStream input = new SequenceInputStream(
                new ByteArrayInputStream((register + "\n" + first + "\n").getBytes(StandardCharsets.UTF_8)),
                new WaitingInput(
                        () -> held.awaitReached(Duration.ofSeconds(30)), second.getBytes(StandardCharsets.UTF_8)));

        new CommandRunner(new AccountService(gate), 4, tally, problems).run(new LineReader("The input", input));

        assertThat(tally.totals().conflicts()).isEqualTo(1);
        assertThat(tally.totals().stored()).isEqualTo(3);
        assertThat(store.events())
                .extracting(event -> event.payload(AccountEvent.class))
                .endsWith(new EmailChanged("ada", "ada@b.org"), new EmailChanged("ada", "ada@c.org"));
    }

    private static boolean carries(AppendRequest request, String email) {
        return request.events().get(0).payload() instanceof EmailChanged change
                && change.email().equals(email);
    }

    /** A store before which something is done with each append. */
    private record Gate(EventStore store, Consumer<AppendRequest> before) implements EventStore {

        @Override
        public AppendResult append(AppendRequest request) {
            before.accept(request);
            return store.append(request);
        }

        @Override
        public StreamPage read(StreamQuery query) {
            return store.read(query);
        }
    }

    /** Bytes that come when something has happened. */
    private static final class WaitingInput extends ByteArrayInputStream {

        private final Runnable before;

        WaitingInput(Runnable before, byte[] bytes) {
            super(bytes);
            this.before = before;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            before.run();
            return super.read(target, offset, length);
        }
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
    void aCommandThatFailsInAWayNobodyExpectsIsCountedAndNamedAndTheOthersGoOn() throws Exception {
        List<String> lines = SampleGenerator.lines().subList(0, 200);
        store.appendFaults().failNext(1, request -> new IllegalStateException("surprise"));
        store.readFaults().failNext(1, query -> new UnsupportedOperationException("another"));

        runner.run(lines(lines));

        assertThat(tally.totals().failed()).isEqualTo(2);
        assertThat(tally.totals().all()).isEqualTo(200).isEqualTo(runner.linesRead());
        assertThat(problems.first())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem)
                        .containsPattern("^line \\d+ failed: java.lang.\\w+Exception: (surprise|another)$"));
    }

    @Test
    void anErrorOfTheMachineIsCountedAndNamedToo() throws Exception {
        CommandRunner broken = new CommandRunner(
                new AccountService(new FailingStore(() -> {
                    throw new StackOverflowError();
                })),
                4,
                tally,
                problems);

        broken.run(lines(SampleGenerator.lines().subList(0, 3)));

        assertThat(tally.totals().failed()).isEqualTo(3);
        assertThat(problems.first()).contains("line 1 failed: java.lang.StackOverflowError");
    }

    @Test
    void everyLineThatIsReadIsCountedButBlankOnes() throws Exception {
        runner.run(lines(List.of(
                SampleGenerator.lines().get(0), "", "nonsense", "  ", "x".repeat(LineReader.MAX_BYTES + 1), "{}")));

        assertThat(runner.linesRead()).isEqualTo(4).isEqualTo(tally.totals().all());
    }

    /** A store whose every answer is the same failure. */
    private record FailingStore(Runnable failure) implements EventStore {

        @Override
        public AppendResult append(AppendRequest request) {
            failure.run();
            throw new AssertionError("It did not fail.");
        }

        @Override
        public StreamPage read(StreamQuery query) {
            failure.run();
            throw new AssertionError("It did not fail.");
        }
    }

    @Test
    void aRunThatWasStoppedBeginsNothing() throws Exception {
        runner.stop();

        runner.run(lines(SampleGenerator.lines()));

        assertThat(tally.totals().all()).isZero();
        assertThat(runner.linesRead()).isZero();
        assertThat(store.events()).isEmpty();
    }

    private static LineReader lines(List<String> lines) {
        return new LineReader(
                "The input",
                new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
