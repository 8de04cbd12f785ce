package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.eventing.CatchUpRequest;
import com.portfolio.infra.utilities.eventing.CatchUpStart;
import com.portfolio.infra.utilities.eventing.CatchUpSubscription;
import com.portfolio.infra.utilities.eventing.CatchUpSubscriptions;
import com.portfolio.infra.utilities.eventing.SubscriptionEndedException;
import com.portfolio.infra.utilities.health.HealthCheckRegistry;
import java.time.Duration;

/**
 * The service, put together: commands go to the {@link AccountService}, whose events are followed by the
 * projection of users and by the relay that tells others. Nothing is wired by anything but constructors.
 */
final class Accounts implements AutoCloseable {

    /** How many events a follower may be behind before its health says so. */
    private static final long MAX_BEHIND = 10_000;

    private static final int PAGE = 1_000;

    private final EventLog log;
    private final CheckpointedProjectionStore<UserView> users;
    private final AccountService service;
    private final CatchUpSubscriptions subscriptions;
    private final CatchUpSubscription projection;
    private final CatchUpSubscription relay;
    private final NoticeRelay notices;

    /** What stands behind the ports is for the configuration to say. It is closed by the caller. */
    Accounts(Infrastructure infrastructure) {
        this.log = infrastructure.eventLog();
        this.users = infrastructure.projections().checkpointed("users", UserView.class);
        CheckpointedProjectionStore<RelayProgress> relayed =
                infrastructure.projections().checkpointed("notice-relay", RelayProgress.class);
        this.service = new AccountService(infrastructure.eventStore());
        this.notices = new NoticeRelay(relayed, infrastructure.messageBus());
        CatchUpStart newUsers = CatchUpStart.after(users.checkpoint());
        CatchUpStart newNotices = CatchUpStart.after(relayed.checkpoint());
        LogFilter accounts = LogFilter.ofCategories(AccountService.CATEGORY);
        // From here on there is something to close, and nothing that can fail.
        this.subscriptions = new CatchUpSubscriptions(log);
        this.projection = subscriptions.start(CatchUpRequest.forBatches("users", new UserProjection(users))
                .from(newUsers)
                .matching(accounts));
        this.relay = subscriptions.start(
                CatchUpRequest.forBatches("relay", notices).from(newNotices).matching(accounts));
        HealthCheckRegistry health = infrastructure.health();
        health.register("projection of users", projection.health(MAX_BEHIND));
        health.register("relay of notices", relay.health(MAX_BEHIND));
        health.register("bus", notices::busHealth);
    }

    AccountService service() {
        return service;
    }

    ProjectionStore<UserView> users() {
        return users;
    }

    /** How many messages were published since the start. */
    long published() {
        return notices.published();
    }

    /**
     * Waits until projection and relay have dealt with everything that is stored now.
     *
     * @param patience how long to wait while neither of them gets anywhere
     * @return whether they have; {@code false} if one of them ended, or got nowhere for that long
     */
    boolean awaitAll(Duration patience) throws InterruptedException {
        Position head = log.head();
        long before = -1;
        try {
            while (!(projection.awaitPosition(head, patience) && relay.awaitPosition(head, patience))) {
                long handled = projection.status().handled() + relay.status().handled();
                if (handled == before) {
                    return false;
                }
                before = handled;
            }
            return true;
        } catch (SubscriptionEndedException e) {
            return false;
        }
    }

    /** Up to where the log shows its events now. */
    Position head() {
        return log.head();
    }

    /** How many events of accounts the log shows after a position, read back from it page by page. */
    long logged(Position after) {
        long events = 0;
        LogQuery query = LogQuery.after(after)
                .matching(LogFilter.ofCategories(AccountService.CATEGORY))
                .limit(PAGE);
        LogPage page;
        do {
            page = log.read(query);
            events += page.events().size();
            query = query.from(page.through());
        } while (!page.atEnd());
        return events;
    }

    /** Lets projection and relay finish what they are at. What stands behind the ports stays open. */
    @Override
    public void close() {
        subscriptions.close();
    }
}
