package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.examples.accounts.AccountEvent.EmailChanged;
import com.portfolio.infra.examples.accounts.AccountEvent.UserDeactivated;
import com.portfolio.infra.examples.accounts.AccountEvent.UserRegistered;
import java.util.List;

/**
 * What the service must remember of an account to decide about it, folded from the account's events.
 *
 * @param status how far the account's life has come
 * @param email  the user's address; empty before there is one
 */
record Account(Status status, String email) {

    enum Status {
        UNKNOWN,
        ACTIVE,
        DEACTIVATED
    }

    private static final Account NOBODY = new Account(Status.UNKNOWN, "");

    /** The account that those events, in their order, have made. */
    static Account of(List<AccountEvent> events) {
        Account account = NOBODY;
        for (AccountEvent event : events) {
            account = account.after(event);
        }
        return account;
    }

    private Account after(AccountEvent event) {
        if (event instanceof UserRegistered registered) {
            return new Account(Status.ACTIVE, registered.email());
        }
        if (event instanceof EmailChanged changed) {
            return new Account(status, changed.email());
        }
        if (event instanceof UserDeactivated) {
            return new Account(Status.DEACTIVATED, email);
        }
        throw new IllegalStateException("An account does not know " + event.getClass() + ".");
    }
}
