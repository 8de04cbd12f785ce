package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.testing.contract.EventStoreFixture.JoinedTransactions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Event stores whose further abilities do not do what they say on purpose. */
final class BrokenAbilities {

    private BrokenAbilities() {}

    static Stream<Mutant<EventStoreFixture>> all() {
        return Stream.of(
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
