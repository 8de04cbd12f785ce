package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.examples.accounts.AccountEvent.EmailChanged;
import com.portfolio.infra.examples.accounts.AccountEvent.UserDeactivated;
import com.portfolio.infra.examples.accounts.AccountEvent.UserRegistered;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.utilities.eventing.BatchHandler;
import com.portfolio.infra.utilities.eventing.EventBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps a {@link UserView} of each user. Users and checkpoint move together, so that each event counts once. */
final class UserProjection implements BatchHandler {

    private final CheckpointedProjectionStore<UserView> users;

    UserProjection(CheckpointedProjectionStore<UserView> users) {
        this.users = users;
    }

    @Override
    public void handle(EventBatch batch) {
        // A batch comes again when its answer was lost; what the store says is done is not done again.
        Optional<Checkpoint> from = users.checkpoint();
        Position done = from.map(Checkpoint::position).orElse(Position.START);
        List<RecordedEvent> news = batch.events().stream()
                .filter(event -> event.position().isAfter(done))
                .toList();
        if (batch.through().position().isAfter(done)) {
            users.advance(from, batch.through(), documents -> apply(news, documents));
        }
    }

    /** Each user is read and written once, however many events they have. */
    private static void apply(List<RecordedEvent> events, ProjectionStore<UserView> users) {
        Map<String, UserView> changed = new LinkedHashMap<>();
        for (RecordedEvent recorded : events) {
            AccountEvent event = recorded.payload(AccountEvent.class);
            UserView before = changed.get(event.userId());
            if (before == null) {
                before = users.find(event.userId()).orElse(null);
            }
            changed.put(event.userId(), after(before, event, recorded));
        }
        changed.forEach(users::save);
    }

    private static UserView after(@Nullable UserView before, AccountEvent event, RecordedEvent recorded) {
        if (event instanceof UserRegistered registered) {
            return new UserView(
                    registered.userId(),
                    registered.email(),
                    true,
                    recorded.version(),
                    recorded.recordedAt(),
                    recorded.recordedAt());
        }
        if (before == null) {
            throw new IllegalStateException(recorded + " is about a user whose registration was not projected.");
        }
        String email = event instanceof EmailChanged change ? change.email() : before.email();
        boolean active = before.active() && !(event instanceof UserDeactivated);
        return new UserView(
                before.userId(), email, active, recorded.version(), before.registeredAt(), recorded.recordedAt());
    }
}
