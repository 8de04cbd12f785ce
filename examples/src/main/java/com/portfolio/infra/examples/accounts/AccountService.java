package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.LoadedStream;
import com.portfolio.infra.ports.eventstore.NewEvent;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Carries out commands: load the account's stream, decide, append what happened.
 *
 * <p>Thread-safe. An exception of the store means that the command was not decided; handling it again is
 * safe.
 */
final class AccountService {

    /** The category of the streams, and what their names begin with. */
    static final String CATEGORY = "account";

    private static final int MAX_ATTEMPTS = 50;

    private final EventStore store;

    AccountService(EventStore store) {
        this.store = store;
    }

    Outcome handle(AccountCommand command) {
        // Everything that comes of the command, down to a message in another service, names it.
        Correlation.Scope scope = Correlation.open(command.id());
        try (scope) {
            for (int conflicts = 0; conflicts < MAX_ATTEMPTS; conflicts++) {
                Optional<Outcome> outcome = attempt(command, conflicts);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            }
            return new Outcome.GivenUp(MAX_ATTEMPTS);
        }
    }

    /** Empty if another writer was faster. */
    private Optional<Outcome> attempt(AccountCommand command, int conflicts) {
        LoadedStream stream = store.load(CATEGORY + "-" + command.userId());
        UUID eventId = eventId(command);
        for (RecordedEvent event : stream.events()) {
            if (event.id().equals(eventId)) {
                return Optional.of(
                        event.payload().equals(command.event())
                                ? new Outcome.AlreadyDone(conflicts)
                                : new Outcome.Rejected(Rejection.COMMAND_ID_REUSED, conflicts));
            }
        }
        Optional<Rejection> objection = command.objection(Account.of(stream.payloads(AccountEvent.class)));
        if (objection.isPresent()) {
            return Optional.of(new Outcome.Rejected(objection.get(), conflicts));
        }
        try {
            AppendResult appended = store.append(AppendRequest.ofEvents(
                    stream.stream().value(), stream.expectedVersion(), List.of(NewEvent.of(eventId, command.event()))));
            // The event was not there a moment ago: if the store has it already, it has repeated the append
            // itself, after an answer that was lost.
            return Optional.of(
                    appended.deduplicated() ? new Outcome.Recovered(conflicts) : new Outcome.Accepted(conflicts));
        } catch (WrongExpectedVersionException someoneWasFaster) {
            return Optional.empty();
        }
    }

    /**
     * The event's id follows from the command's, so that a command which comes a second time is known:
     * because its answer was lost, because a file is run again, because the process was killed between
     * two lines. An id that is new with each try would store the event again. A rejected command leaves
     * no trace, and is decided anew when it comes again.
     */
    private static UUID eventId(AccountCommand command) {
        return UUID.nameUUIDFromBytes(("accounts:" + command.id()).getBytes(StandardCharsets.UTF_8));
    }
}
