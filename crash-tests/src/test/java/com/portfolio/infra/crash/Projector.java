package com.portfolio.infra.crash;

import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonEventLog;
import com.portfolio.infra.neon.NeonProjectionStore;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.ports.projection.ProjectionStoreUnavailableException;
import com.portfolio.infra.utilities.eventing.BatchHandler;
import com.portfolio.infra.utilities.eventing.CatchUpRequest;
import com.portfolio.infra.utilities.eventing.CatchUpSubscriptions;
import com.portfolio.infra.utilities.eventing.EventBatch;
import java.util.List;
import java.util.Optional;

/** The process of the subscriber whose effects are once: documents and checkpoint move in one transaction. */
final class Projector implements BatchHandler {

    /** The name of the projection. */
    static final String PROJECTION = "tallies";

    private final NeonProjectionStore<Tally> store;
    private final Reporting reporting;
    private final boolean checkpointFirst;

    private Optional<Checkpoint> from;
    private boolean inDoubt;

    private Projector(
            NeonProjectionStore<Tally> store, Reporting reporting, boolean checkpointFirst, Optional<Checkpoint> from) {
        this.store = store;
        this.reporting = reporting;
        this.checkpointFirst = checkpointFirst;
        this.from = from;
    }

    public static void main(String[] arguments) throws Exception {
        boolean checkpointFirst = Sabotage.valueOf(arguments[0]) == Sabotage.MOVES_CHECKPOINT_FIRST;
        Reporting reporting = new Reporting();
        try (NeonDatabase database = Opening.patiently()) {
            NeonEventLog log = Opening.untilItAnswers(() -> new NeonEventLog(database, Noted.CODEC));
            NeonProjectionStore<Tally> store =
                    Opening.untilItAnswers(() -> new NeonProjectionStore<>(database, PROJECTION, Tally.class));
            try (CatchUpSubscriptions subscriptions = new CatchUpSubscriptions(log)) {
                Following following = new Following(subscriptions, reporting);
                while (!following.isStopping()) {
                    // A former incarnation's transaction may commit after this: the conflict leads back here.
                    Optional<Checkpoint> reached = Opening.untilItAnswers(store::checkpoint);
                    following.follow(
                            reached,
                            from -> CatchUpRequest.forBatches(
                                    "projector", new Projector(store, reporting, checkpointFirst, from)));
                }
            }
        }
        System.exit(0);
    }

    @Override
    public void handle(EventBatch batch) {
        if (!inDoubt || !store.checkpoint().equals(Optional.of(batch.through()))) {
            advance(batch);
        }
        inDoubt = false;
        from = Optional.of(batch.through());
        reporting.say(new Report.Reached(batch.through().position().value()));
    }

    private void advance(EventBatch batch) {
        try {
            if (checkpointFirst) {
                store.advance(from, batch.through(), writes -> {});
                project(store, batch.events());
            } else {
                store.advance(from, batch.through(), writes -> project(writes, batch.events()));
            }
        } catch (ProjectionStoreUnavailableException e) {
            inDoubt = true;
            throw e;
        }
    }

    private static void project(ProjectionStore<Tally> tallies, List<RecordedEvent> events) {
        for (RecordedEvent event : events) {
            String stream = event.stream().value();
            Tally before = tallies.find(stream).orElse(Tally.NONE);
            tallies.save(stream, before.plus(event.version(), event.position().value(), event.id()));
        }
    }
}
