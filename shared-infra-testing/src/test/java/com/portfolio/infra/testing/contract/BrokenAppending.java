package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.event.EventIds;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventIdConflictException;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LoadedStream;
import com.portfolio.infra.ports.eventstore.NewEvent;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamClosedException;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Event stores that append wrongly on purpose. */
final class BrokenAppending {

    private static final long A_MOMENT = Duration.ofMillis(2).toNanos();

    private BrokenAppending() {}

    static Stream<Mutant<EventStoreFixture>> all() {
        return Stream.of(
                appending("countsOnlyItsOwnEvents", (store, request) -> {
                    AppendResult result = store.append(request);
                    return new AppendResult(
                            result.stream(), request.events().size(), result.positions(), result.deduplicated());
                }),
                appending("losesTheLastOfManyEvents", BrokenAppending::withoutTheLast),
                appending("storesEventByEvent", BrokenAppending::eventByEvent),
                appending("ignoresTheExpectedVersion", (store, request) -> store.append(any(request))),
                appending("takesExactlyForAtLeast", BrokenAppending::atLeast),
                appending("tellsTheWrongActualVersion", (store, request) -> {
                    try {
                        return store.append(request);
                    } catch (WrongExpectedVersionException e) {
                        throw new WrongExpectedVersionException(e.stream(), e.expected(), e.actual() + 1);
                    }
                }),
                appending("checksTheVersionBeforeItLocks", (store, request) -> {
                    long version = store.load(request.stream().value()).version();
                    if (!request.expected().matches(version)) {
                        return store.append(request);
                    }
                    LockSupport.parkNanos(A_MOMENT);
                    return store.append(request.events().isEmpty() ? request : any(request));
                }),
                appending("forgetsTheIdsOfEarlierAppends", BrokenAppending::withNewIdsUnlessItWasTheLast),
                appending("takesAnyKnownIdsForARepeat", (store, request) -> {
                    try {
                        return store.append(request);
                    } catch (EventIdConflictException e) {
                        LoadedStream loaded = store.load(request.stream().value());
                        return new AppendResult(request.stream(), loaded.version(), List.of(), true);
                    }
                }),
                appending("doesNotSayThatItWasARepeat", (store, request) -> {
                    AppendResult result = store.append(request);
                    return new AppendResult(result.stream(), result.version(), result.positions(), false);
                }),
                appending("checksTheVersionOfARepeat", (store, request) -> {
                    AppendResult result = store.append(request);
                    long version = store.load(request.stream().value()).version();
                    if (result.deduplicated() && !request.expected().matches(version)) {
                        throw new WrongExpectedVersionException(request.stream(), request.expected(), version);
                    }
                    return result;
                }),
                appending("repeatsABrokenAppendWithNewIds", (store, request) -> {
                    try {
                        return store.append(request);
                    } catch (AppendOutcomeUnknownException e) {
                        return store.append(withNewIds(request));
                    }
                }),
                appending("losesTheIdsOfABrokenAppend", (store, request) -> {
                    try {
                        return store.append(request);
                    } catch (AppendOutcomeUnknownException e) {
                        throw new AppendOutcomeUnknownException(withNewIds(request), Duration.ZERO, null);
                    }
                }),
                appending(
                        "doesNotCheckAnEmptyAppend",
                        (store, request) -> store.append(request.events().isEmpty() ? any(request) : request)),
                appending("storesWhatComesBeforeAPayloadThatCantBeWritten", (store, request) -> {
                    try {
                        return store.append(request);
                    } catch (EventEncodingException e) {
                        store.append(with(request, request.events().subList(0, 1)));
                        throw e;
                    }
                }),
                appending("takesAClosedStreamForAnotherVersion", (store, request) -> {
                    try {
                        return store.append(request);
                    } catch (StreamClosedException e) {
                        throw new WrongExpectedVersionException(request.stream(), request.expected(), 0);
                    }
                }));
    }

    private static Mutant<EventStoreFixture> appending(
            String name, BiFunction<EventStore, AppendRequest, AppendResult> append) {
        return BrokenEventStores.broken(name, append, EventStore::read);
    }

    private static AppendRequest any(AppendRequest request) {
        return new AppendRequest(request.stream(), ExpectedVersion.any(), request.events(), request.metadata());
    }

    private static AppendRequest with(AppendRequest request, List<NewEvent> events) {
        return new AppendRequest(request.stream(), request.expected(), events, request.metadata());
    }

    private static AppendRequest withNewIds(AppendRequest request) {
        return with(
                request,
                request.events().stream()
                        .map(event -> new NewEvent(EventIds.next(), event.payload(), event.metadata()))
                        .toList());
    }

    private static AppendResult withoutTheLast(EventStore store, AppendRequest request) {
        int events = request.events().size();
        return store.append(
                events < 100 ? request : with(request, request.events().subList(0, events - 1)));
    }

    private static AppendResult eventByEvent(EventStore store, AppendRequest request) {
        if (request.events().size() < 2) {
            return store.append(request);
        }
        AppendResult last = store.append(with(request, request.events().subList(0, 1)));
        for (NewEvent event : request.events().subList(1, request.events().size())) {
            if (request.events().size() < 100) {
                LockSupport.parkNanos(A_MOMENT);
            }
            last = store.append(any(with(request, List.of(event))));
        }
        return last;
    }

    private static AppendResult atLeast(EventStore store, AppendRequest request) {
        try {
            return store.append(request);
        } catch (WrongExpectedVersionException e) {
            if (request.expected() instanceof ExpectedVersion.Exactly exactly && e.actual() > exactly.version()) {
                return store.append(any(request));
            }
            throw e;
        }
    }

    private static AppendResult withNewIdsUnlessItWasTheLast(EventStore store, AppendRequest request) {
        List<UUID> stored = store.load(request.stream().value()).events().stream()
                .map(RecordedEvent::id)
                .toList();
        Set<UUID> last = stored.stream().skip(Math.max(0, stored.size() - 1)).collect(Collectors.toSet());
        boolean repeated = request.events().stream().anyMatch(event -> stored.contains(event.id()));
        boolean recent = request.events().stream().anyMatch(event -> last.contains(event.id()));
        return store.append(repeated && !recent ? any(withNewIds(request)) : request);
    }
}
