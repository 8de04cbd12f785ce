package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.event.EventIds;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.Direction;
import com.portfolio.infra.ports.eventstore.EventIdConflictException;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LoadedStream;
import com.portfolio.infra.ports.eventstore.NewEvent;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamClosedException;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import com.portfolio.infra.testing.contract.EventStoreFixture.JoinedTransactions;
import com.portfolio.infra.testing.contract.KitEvent.Noted;
import com.portfolio.infra.testing.contract.KitEvent.Priced;
import com.portfolio.infra.testing.contract.KitEvent.Unwritable;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Event stores that break a rule on purpose. */
final class BrokenEventStores {

    private static final long A_MOMENT = Duration.ofMillis(2).toNanos();

    private BrokenEventStores() {}

    static Stream<Mutant<EventStoreFixture>> all() {
        return Stream.of(
                appending("countsOnlyItsOwnEvents", (store, request) -> {
                    AppendResult result = store.append(request);
                    return new AppendResult(
                            result.stream(), request.events().size(), result.positions(), result.deduplicated());
                }),
                appending("losesTheLastOfManyEvents", BrokenEventStores::withoutTheLast),
                appending("storesEventByEvent", BrokenEventStores::eventByEvent),
                appending("ignoresTheExpectedVersion", (store, request) -> store.append(any(request))),
                appending("takesExactlyForAtLeast", BrokenEventStores::atLeast),
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
                appending("forgetsTheIdsOfEarlierAppends", BrokenEventStores::withNewIdsUnlessItWasTheLast),
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
                new Mutant<>("breaksNoConnection", () -> new InMemoryFixture() {
                    @Override
                    public Optional<BrokenAppends> brokenAppends() {
                        return Optional.of(stored -> () -> false);
                    }

                    @Override
                    public Duration patience() {
                        return Duration.ofSeconds(2);
                    }
                }),
                new Mutant<>("commitsWhatJoinsByItself", () -> new InMemoryFixture() {
                    @Override
                    public Optional<JoinedTransactions> joinedTransactions() {
                        return Optional.of(new RowsOnly(store()));
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
                }),
                reading("readsBackwardForward", (store, query) -> {
                    StreamPage page = store.read(query);
                    List<RecordedEvent> events = new ArrayList<>(page.events());
                    if (query.direction() == Direction.BACKWARD) {
                        Collections.reverse(events);
                    }
                    return new StreamPage(page.stream(), page.version(), events, page.next());
                }),
                reading("endsAfterOnePage", (store, query) -> {
                    StreamPage page = store.read(query);
                    return new StreamPage(page.stream(), page.version(), page.events(), Optional.empty());
                }),
                reading(
                        "leavesOutTheFirstVersionAskedFor",
                        (store, query) -> store.read(
                                query.fromVersion() > 1 && query.direction() == Direction.FORWARD
                                        ? query.from(query.fromVersion() + 1)
                                        : query)),
                reading("hidesUnknownTypes", (store, query) -> {
                    StreamPage page = store.read(query);
                    return new StreamPage(
                            page.stream(),
                            page.version(),
                            page.events().stream()
                                    .filter(event -> !event.type().name().equals(KitCodecs.FOREIGN))
                                    .toList(),
                            page.next());
                }),
                encoding("losesTheScaleOfDecimals", new Codec() {
                    @Override
                    public EncodedPayload encode(Object payload) {
                        return super.encode(
                                payload instanceof Priced priced && priced.amount() != null
                                        ? new Priced(stripped(priced), priced.count())
                                        : payload);
                    }
                }),
                encoding("dropsNulCharacters", new Codec() {
                    @Override
                    public EncodedPayload encode(Object payload) {
                        return super.encode(
                                payload instanceof Noted noted && noted.text() != null
                                        ? new Noted(String.valueOf(noted.text()).replace("\0", ""))
                                        : payload);
                    }
                }),
                encoding("writesHalfASurrogatePairAsAQuestionMark", new Codec() {
                    @Override
                    public EncodedPayload encode(Object payload) {
                        try {
                            return super.encode(payload);
                        } catch (EventEncodingException e) {
                            if (payload instanceof Noted) {
                                return super.encode(new Noted("?"));
                            }
                            throw e;
                        }
                    }
                }),
                encoding("losesMetadata", new Codec() {
                    @Override
                    public String encodeMetadata(Metadata metadata) {
                        return super.encodeMetadata(Metadata.empty());
                    }
                }),
                encoding("doesNotUpcast", new Codec() {
                    @Override
                    public Object decode(EncodedPayload encoded) {
                        return super.decode(
                                encoded.type().equals(EventType.of(KitCodecs.OPENED))
                                        ? new EncodedPayload(new EventType(KitCodecs.OPENED, 2), encoded.data())
                                        : encoded);
                    }
                }),
                encoding("storesWhatCantBeWrittenAsNothing", new Codec() {
                    @Override
                    public EncodedPayload encode(Object payload) {
                        return payload instanceof Unwritable
                                ? new EncodedPayload(EventType.of("kit.Unwritable"), "{}")
                                : super.encode(payload);
                    }
                }),
                new Mutant<>("doesNotArchive", () -> new InMemoryFixture() {
                    @Override
                    public StreamOperator operator() {
                        return new Operator(super.operator()) {
                            @Override
                            public void archive(String streamId) {}
                        };
                    }
                }),
                new Mutant<>("archivesWhatIsToBeTombstoned", () -> new InMemoryFixture() {
                    @Override
                    public StreamOperator operator() {
                        return new Operator(super.operator()) {
                            @Override
                            public void tombstone(String streamId) {
                                archive(streamId);
                            }
                        };
                    }
                }));
    }

    // ---- what they do

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

    private static @Nullable BigDecimal stripped(Priced priced) {
        return priced.amount() == null ? null : priced.amount().stripTrailingZeros();
    }

    // ---- how they are made

    private static Mutant<EventStoreFixture> appending(
            String name, BiFunction<EventStore, AppendRequest, AppendResult> append) {
        return new Mutant<>(name, () -> new InMemoryFixture() {
            @Override
            public EventStore store() {
                EventStore right = super.store();
                return new EventStore() {
                    @Override
                    public AppendResult append(AppendRequest request) {
                        return append.apply(right, request);
                    }

                    @Override
                    public StreamPage read(StreamQuery query) {
                        return right.read(query);
                    }
                };
            }
        });
    }

    private static Mutant<EventStoreFixture> reading(
            String name, BiFunction<EventStore, StreamQuery, StreamPage> read) {
        return new Mutant<>(name, () -> new InMemoryFixture() {
            @Override
            public EventStore store() {
                EventStore right = super.store();
                return new EventStore() {
                    @Override
                    public AppendResult append(AppendRequest request) {
                        return right.append(request);
                    }

                    @Override
                    public StreamPage read(StreamQuery query) {
                        return read.apply(right, query);
                    }
                };
            }
        });
    }

    private static Mutant<EventStoreFixture> encoding(String name, EventCodec codec) {
        return new Mutant<>(name, () -> new InMemoryFixture(codec));
    }

    /** A codec to break. */
    private static class Codec implements EventCodec {

        @Override
        public EventTypes types() {
            return KitCodecs.current().types();
        }

        @Override
        public EncodedPayload encode(Object payload) {
            return KitCodecs.current().encode(payload);
        }

        @Override
        public Object decode(EncodedPayload encoded) {
            return KitCodecs.current().decode(encoded);
        }

        @Override
        public String encodeMetadata(Metadata metadata) {
            return KitCodecs.current().encodeMetadata(metadata);
        }

        @Override
        public Metadata decodeMetadata(String encoded) {
            return KitCodecs.current().decodeMetadata(encoded);
        }
    }

    /** An operator to break. */
    private static class Operator implements StreamOperator {

        private final StreamOperator right;

        Operator(StreamOperator right) {
            this.right = right;
        }

        @Override
        public void archive(String streamId) {
            right.archive(streamId);
        }

        @Override
        public void reopen(String streamId) {
            right.reopen(streamId);
        }

        @Override
        public void tombstone(String streamId) {
            right.tombstone(streamId);
        }
    }

    /** Transactions of rows alone, which the appends are no part of. */
    private static final class RowsOnly implements JoinedTransactions {

        private final EventStore store;
        private final Set<String> committed = new HashSet<>();

        RowsOnly(EventStore store) {
            this.store = store;
        }

        @Override
        public boolean hasCommitted(String row) {
            return committed.contains(row);
        }

        @Override
        public JoinedTransaction begin() {
            Set<String> written = new HashSet<>();
            return new JoinedTransaction() {
                @Override
                public EventStore store() {
                    return store;
                }

                @Override
                public void write(String row) {
                    written.add(row);
                }

                @Override
                public void commit() {
                    committed.addAll(written);
                }

                @Override
                public void rollback() {
                    written.clear();
                }
            };
        }
    }
}
