package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.ports.messaging.MessagePublisher;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.utilities.eventing.CatchUpRequest;
import com.portfolio.infra.utilities.eventing.CatchUpStart;
import com.portfolio.infra.utilities.eventing.CatchUpSubscription;
import com.portfolio.infra.utilities.eventing.CatchUpSubscriptions;
import com.portfolio.infra.utilities.eventing.SubscriptionEndedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The service, put together: commands go to the {@link AccountService}, whose events are followed by the
 * projection of users and by the relay that tells others. Nothing is wired by anything but constructors.
 */
final class Accounts implements AutoCloseable {

    /** How many events a follower may be behind before its health says so. */
    private static final long MAX_BEHIND = 10_000;

    private static final int PAGE = 1_000;

    private final Adapters adapters;
    private final AccountService service;
    private final CatchUpSubscriptions subscriptions;
    private final CatchUpSubscription projection;
    private final CatchUpSubscription relay;
    private final NoticeRelay notices;

    Accounts(Adapters adapters, MessagePublisher bus) {
        this.adapters = adapters;
        this.service = new AccountService(adapters.events());
        this.subscriptions = new CatchUpSubscriptions(adapters.log());
        LogFilter accounts = LogFilter.ofCategories(AccountService.CATEGORY);
        this.projection = subscriptions.start(CatchUpRequest.forBatches("users", new UserProjection(adapters.users()))
                .from(CatchUpStart.after(adapters.users().checkpoint()))
                .matching(accounts));
        this.notices = new NoticeRelay(adapters.relayed(), bus);
        this.relay = subscriptions.start(CatchUpRequest.forBatches("relay", notices)
                .from(CatchUpStart.after(adapters.relayed().checkpoint()))
                .matching(accounts));
    }

    /** What people call the place where it keeps its data. */
    String storeName() {
        return adapters.name();
    }

    AccountService service() {
        return service;
    }

    ProjectionStore<UserView> users() {
        return adapters.users();
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
        Position head = adapters.log().head();
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
        return adapters.log().head();
    }

    /** How many events of accounts the log shows after a position, read back from it page by page. */
    long logged(Position after) {
        long events = 0;
        LogQuery query = LogQuery.after(after)
                .matching(LogFilter.ofCategories(AccountService.CATEGORY))
                .limit(PAGE);
        LogPage page;
        do {
            page = adapters.log().read(query);
            events += page.events().size();
            query = query.from(page.through());
        } while (!page.atEnd());
        return events;
    }

    /** Each part of the service with its health. */
    Map<String, HealthResult> health() {
        Map<String, HealthResult> parts = new LinkedHashMap<>();
        parts.put(adapters.part(), look(adapters.health()));
        parts.put("projection of users", look(projection.health(MAX_BEHIND)));
        parts.put("relay of notices", look(relay.health(MAX_BEHIND)));
        parts.put("bus", notices.busHealth());
        return parts;
    }

    /** The health of the worst part. */
    static HealthStatus worst(Map<String, HealthResult> parts) {
        return parts.values().stream().map(HealthResult::status).reduce(HealthStatus.UP, HealthStatus::worse);
    }

    private static HealthResult look(HealthCheck check) {
        try {
            return check.check();
        } catch (Exception e) {
            return HealthResult.down("The check failed: " + e.getMessage());
        }
    }

    /** Lets projection and relay finish what they are at. What stands behind the ports stays open. */
    @Override
    public void close() {
        subscriptions.close();
    }
}
