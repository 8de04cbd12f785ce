package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.projection.CheckpointConflictException;
import com.portfolio.infra.ports.projection.Document;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.VersionedDocument;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import com.portfolio.infra.ports.projection.WrongDocumentVersionException;
import com.portfolio.infra.testing.contract.KitRun.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Projection stores that break a rule on purpose. */
final class BrokenProjectionStores {

    private static final long A_MOMENT = Duration.ofMillis(2).toNanos();
    private static final PageRequest EVERYTHING = PageRequest.first(PageRequest.MAX_LIMIT);

    private BrokenProjectionStores() {}

    static Stream<Mutant<Function<String, Store>>> all() {
        return Stream.of(
                mutant("ordersIdsByUtf16", right -> new ForwardingStore(right) {
                    @Override
                    public DocumentPage<KitDocument> list(PageRequest page) {
                        DocumentPage<KitDocument> found = super.list(page);
                        List<Document<KitDocument>> documents = new ArrayList<>(found.documents());
                        documents.sort(Comparator.comparing(Document::id));
                        return new DocumentPage<>(documents, found.next());
                    }
                }),
                mutant("pagesByOffset", BrokenProjectionStores::byOffset),
                mutant("alwaysSaysThatItDeleted", right -> new ForwardingStore(right) {
                    @Override
                    public boolean delete(String id) {
                        boolean deleted = super.delete(id);
                        return deleted || id.length() < 10;
                    }
                }),
                mutant("losesNulCharacters", right -> new ForwardingStore(right) {
                    @Override
                    public void save(String id, KitDocument document) {
                        List<String> tags = document.tags().stream()
                                .map(tag -> tag.replace("\0", ""))
                                .toList();
                        super.save(id, new KitDocument(document.name(), document.amount(), document.at(), tags));
                    }
                }),
                mutant("ignoresTheExpectedVersion", right -> new ForwardingStore(right) {
                    @Override
                    public long save(String id, KitDocument document, long expectedVersion) {
                        super.save(id, document);
                        return findVersioned(id).map(VersionedDocument::version).orElse(0L);
                    }
                }),
                mutant("checksTheVersionBeforeItLocks", right -> new ForwardingStore(right) {
                    @Override
                    public long save(String id, KitDocument document, long expectedVersion) {
                        long version = findVersioned(id)
                                .map(VersionedDocument::version)
                                .orElse(0L);
                        if (version != expectedVersion) {
                            throw new WrongDocumentVersionException("broken", id, expectedVersion, version);
                        }
                        LockSupport.parkNanos(A_MOMENT);
                        super.save(id, document);
                        return version + 1;
                    }
                }),
                mutant("movesTheCheckpointAfterTheDocuments", right -> new ForwardingStore(right) {
                    @Override
                    public void advance(
                            Optional<Checkpoint> from,
                            Checkpoint to,
                            Consumer<VersionedProjectionStore<KitDocument>> writes) {
                        writes.accept(this);
                        super.advance(from, to, view -> {});
                    }
                }),
                mutant("doesNotCompareTheCheckpoint", right -> new ForwardingStore(right) {
                    @Override
                    public void advance(
                            Optional<Checkpoint> from,
                            Checkpoint to,
                            Consumer<VersionedProjectionStore<KitDocument>> writes) {
                        Optional<Checkpoint> actual = from;
                        while (true) {
                            try {
                                super.advance(actual, to, writes);
                                return;
                            } catch (CheckpointConflictException e) {
                                actual = e.actual();
                            }
                        }
                    }
                }),
                mutant("findsNothingByAnUnknownField", right -> new ForwardingStore(right) {
                    @Override
                    public DocumentPage<KitDocument> query(DocumentQuery query, PageRequest page) {
                        try {
                            return super.query(query, page);
                        } catch (IllegalArgumentException e) {
                            return new DocumentPage<>(List.of(), Optional.empty());
                        }
                    }
                }),
                mutant("ignoresTheOrder", right -> new ForwardingStore(right) {
                    @Override
                    public DocumentPage<KitDocument> query(DocumentQuery query, PageRequest page) {
                        return super.query(new DocumentQuery(query.conditions(), Optional.empty()), page);
                    }
                }),
                mutant("looksAtOneConditionOnly", right -> new ForwardingStore(right) {
                    @Override
                    public DocumentPage<KitDocument> query(DocumentQuery query, PageRequest page) {
                        return super.query(
                                new DocumentQuery(
                                        query.conditions().stream().limit(1).toList(), query.ordering()),
                                page);
                    }
                }));
    }

    private static ForwardingStore byOffset(ForwardingStore right) {
        return new ForwardingStore(right) {
            @Override
            public DocumentPage<KitDocument> list(PageRequest page) {
                return byOffset(page, super::list);
            }

            @Override
            public DocumentPage<KitDocument> query(DocumentQuery query, PageRequest page) {
                return byOffset(page, every -> super.query(query, every));
            }
        };
    }

    private static DocumentPage<KitDocument> byOffset(
            PageRequest page, Function<PageRequest, DocumentPage<KitDocument>> read) {
        List<Document<KitDocument>> all = new ArrayList<>();
        Optional<PageRequest> next = Optional.of(EVERYTHING);
        while (next.isPresent()) {
            DocumentPage<KitDocument> found = read.apply(next.get());
            all.addAll(found.documents());
            next = found.next();
        }
        int from = Math.min(page.cursor().map(Integer::parseInt).orElse(0), all.size());
        int to = Math.min(from + page.limit(), all.size());
        return new DocumentPage<>(
                all.subList(from, to),
                to == all.size() ? Optional.empty() : Optional.of(page.after(Integer.toString(to))));
    }

    private static Mutant<Function<String, Store>> mutant(String name, UnaryOperator<ForwardingStore> broken) {
        return new Mutant<>(name, () -> ForwardingStore.stores(broken));
    }
}
