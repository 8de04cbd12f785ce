package com.portfolio.infra.crash;

import com.portfolio.infra.crash.Report.Acknowledged;
import com.portfolio.infra.crash.Report.Intended;
import com.portfolio.infra.crash.Report.Refused;
import com.portfolio.infra.crash.Report.Unknown;
import com.portfolio.infra.ports.event.EventIds;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.NewEvent;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** One thread of a writer: load, decide, append; and what the documentation says to do about each answer. */
final class WriterLoop implements Runnable {

    private static final int HOT_STREAMS = 3;
    private static final int COLD_STREAMS = 150;
    private static final int MOST_EVENTS = 4;
    private static final int LONGEST_TEXT = 300;

    private final WriterStore store;
    private final Reporting reporting;
    private final SplittableRandom random;
    private final AtomicBoolean stopping;

    private Optional<Sent> last = Optional.empty();

    /** A request under the id that the reports give it. */
    private record Sent(UUID id, AppendRequest request) {}

    WriterLoop(WriterStore store, Reporting reporting, SplittableRandom random, AtomicBoolean stopping) {
        this.store = store;
        this.reporting = reporting;
        this.random = random;
        this.stopping = stopping;
    }

    @Override
    public void run() {
        while (!stopping.get()) {
            int dice = random.nextInt(100);
            if (dice < 45) {
                decideAndSend(random.nextBoolean() ? hot() : cold());
            } else if (dice < 65) {
                send(random.nextBoolean() ? hot() : cold(), Intended.ANY_VERSION, ExpectedVersion.any());
            } else if (dice < 75) {
                send("new-" + UUID.randomUUID(), 0, ExpectedVersion.noStream());
            } else if (dice < 80) {
                send(cold(), 0, ExpectedVersion.noStream());
            } else if (dice < 85) {
                send(hot(), Intended.ANY_VERSION, ExpectedVersion.streamExists());
            } else if (dice < 95) {
                sendInTransaction(random.nextBoolean() ? hot() : cold());
            } else {
                last.ifPresent(this::sendAgain);
            }
        }
    }

    private String hot() {
        return "hot-" + random.nextInt(HOT_STREAMS);
    }

    private String cold() {
        return "cold-" + random.nextInt(COLD_STREAMS);
    }

    private void decideAndSend(String stream) {
        long version;
        try {
            version =
                    store.reading().read(StreamQuery.backward(stream).limit(1)).version();
        } catch (EventStoreUnavailableException e) {
            return;
        }
        send(stream, version, ExpectedVersion.exactly(version));
    }

    private void send(String stream, long basedOn, ExpectedVersion expected) {
        sendUntilKnown(intend(stream, basedOn, expected), false);
    }

    private Sent intend(String stream, long basedOn, ExpectedVersion expected) {
        UUID id = UUID.randomUUID();
        List<NewEvent> events = new ArrayList<>();
        int size = 1 + random.nextInt(MOST_EVENTS);
        for (int i = 0; i < size; i++) {
            events.add(NewEvent.of(EventIds.next(), new Noted(id, i, "x".repeat(random.nextInt(LONGEST_TEXT)))));
        }
        reporting.say(new Intended(
                id, stream, basedOn, events.stream().map(NewEvent::id).toList()));
        return new Sent(id, AppendRequest.ofEvents(stream, expected, events));
    }

    /** What is stored is stored: repeating it changes nothing, whenever and over whatever crash. */
    private void sendAgain(Sent sent) {
        sendUntilKnown(sent, true);
    }

    /**
     * Sends a request, and again while its outcome is unknown.
     *
     * @param open whether it may be stored already: then only an answer of the store itself says what
     *             became of it
     */
    private void sendUntilKnown(Sent sent, boolean open) {
        boolean mayBeStored = open;
        while (true) {
            try {
                acknowledged(sent, store.append(sent.request()));
                return;
            } catch (WrongExpectedVersionException e) {
                refused(sent, e);
                return;
            } catch (AppendOutcomeUnknownException e) {
                mayBeStored = true;
                reporting.say(new Unknown(sent.id()));
            } catch (EventStoreUnavailableException e) {
                if (!mayBeStored) {
                    refused(sent, e);
                    return;
                }
                Opening.pause();
            }
        }
    }

    private void sendInTransaction(String stream) {
        Sent sent = intend(stream, Intended.ANY_VERSION, ExpectedVersion.any());
        try {
            WriterStore.Joined joined = store.join(sent.request());
            if (joined.end() == WriterStore.End.COMMITTED) {
                acknowledged(sent, joined.result());
            } else {
                reporting.say(new Refused(sent.id(), "RolledBack"));
            }
        } catch (EventStoreUnavailableException e) {
            refused(sent, e);
        } catch (SQLException e) {
            // Whether the commit went through is the caller's to find out: by the same events again.
            reporting.say(new Unknown(sent.id()));
            sendUntilKnown(sent, true);
        }
    }

    private void acknowledged(Sent sent, AppendResult result) {
        reporting.say(new Acknowledged(
                sent.id(),
                result.version(),
                result.positions().stream().map(Position::value).toList(),
                result.deduplicated()));
        last = Optional.of(sent);
    }

    private void refused(Sent sent, Exception why) {
        reporting.say(new Refused(sent.id(), why.getClass().getSimpleName()));
    }
}
