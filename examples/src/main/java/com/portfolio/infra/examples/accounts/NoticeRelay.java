package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessagePublisher;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.utilities.eventing.BatchHandler;
import com.portfolio.infra.utilities.eventing.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Tells other services what happened, a message for each event.
 *
 * <p>The log is the outbox: what was stored is published, if need be after the next start, and what was
 * not stored is not. The checkpoint moves after the bus has acknowledged, so that a batch whose end is
 * lost is published again; each message has the id of its event, by which a receiver knows it. The
 * library's own relay will take the place of this class.
 */
final class NoticeRelay implements BatchHandler {

    private static final String PROGRESS = "progress";
    private static final long PUBLISH_SECONDS = 60;

    private final CheckpointedProjectionStore<RelayProgress> progress;
    private final MessagePublisher bus;
    private final LongAdder published = new LongAdder();
    private volatile @Nullable Exception refusal;

    NoticeRelay(CheckpointedProjectionStore<RelayProgress> progress, MessagePublisher bus) {
        this.progress = progress;
        this.bus = bus;
    }

    @Override
    public void handle(EventBatch batch) throws Exception {
        Optional<Checkpoint> from = progress.checkpoint();
        Position done = from.map(Checkpoint::position).orElse(Position.START);
        List<CompletionStage<PublishReceipt>> sent = new ArrayList<>();
        for (RecordedEvent event : batch.events()) {
            if (event.position().isAfter(done)) {
                sent.add(bus.publish(notice(event)));
            }
        }
        for (CompletionStage<PublishReceipt> receipt : sent) {
            acknowledged(receipt);
        }
        if (batch.through().position().isAfter(done)) {
            progress.advance(from, batch.through(), documents -> {
                long before =
                        documents.find(PROGRESS).map(RelayProgress::published).orElse(0L);
                documents.save(PROGRESS, new RelayProgress(before + sent.size()));
            });
        }
    }

    private void acknowledged(CompletionStage<PublishReceipt> receipt)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            receipt.toCompletableFuture().get(PUBLISH_SECONDS, TimeUnit.SECONDS);
            published.increment();
            refusal = null;
        } catch (ExecutionException | TimeoutException e) {
            refusal = e;
            throw e;
        }
    }

    /** Whether the bus acknowledges: what became of the last message that it was given. */
    HealthResult busHealth() {
        Exception e = refusal;
        HealthResult found = e == null
                ? HealthResult.up()
                : HealthResult.down("The last message was not acknowledged: "
                        + (e.getCause() == null ? e : e.getCause()).getClass().getSimpleName() + ".");
        return found.with("acknowledged", published());
    }

    /** How many messages the bus acknowledged since the start. */
    long published() {
        return published.sum();
    }

    private static Message<AccountNotice> notice(RecordedEvent event) {
        return Message.builder(AccountNotice.of(event.payload(AccountEvent.class)))
                .id(event.id().toString())
                .correlation(event.metadata())
                .build();
    }
}
