package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.ports.event.DomainEvent;

/** What happens to an account; one stream of these for each user. */
public sealed interface AccountEvent extends DomainEvent {

    /** Whose account it is. */
    String userId();

    /** Somebody became a user. */
    record UserRegistered(String userId, String email) implements AccountEvent {}

    /** A user can be reached elsewhere from now on. */
    record EmailChanged(String userId, String email) implements AccountEvent {}

    /** A user left, for good. */
    record UserDeactivated(String userId) implements AccountEvent {}
}
