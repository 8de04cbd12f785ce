package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.examples.accounts.AccountEvent.EmailChanged;
import com.portfolio.infra.examples.accounts.AccountEvent.UserRegistered;
import com.portfolio.infra.ports.event.IntegrationEvent;

/**
 * What this service tells others about its users. A contract with them, and so a type of its own: the
 * service's events can change without it.
 */
public sealed interface AccountNotice extends IntegrationEvent {

    /** Whom it is about. */
    String userId();

    /** Notices about one user are kept in order. */
    @Override
    default String aggregateId() {
        return userId();
    }

    /** There is a new user. */
    record UserJoined(String userId, String email) implements AccountNotice {}

    /** A user can be reached elsewhere. */
    record UserReachableAt(String userId, String email) implements AccountNotice {}

    /** A user left. */
    record UserLeft(String userId) implements AccountNotice {}

    /** What others are told of an event. */
    static AccountNotice of(AccountEvent event) {
        if (event instanceof UserRegistered registered) {
            return new UserJoined(registered.userId(), registered.email());
        }
        if (event instanceof EmailChanged changed) {
            return new UserReachableAt(changed.userId(), changed.email());
        }
        return new UserLeft(event.userId());
    }
}
