package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.examples.accounts.Account.Status;
import com.portfolio.infra.examples.accounts.AccountEvent.EmailChanged;
import com.portfolio.infra.examples.accounts.AccountEvent.UserDeactivated;
import com.portfolio.infra.examples.accounts.AccountEvent.UserRegistered;
import java.util.Optional;

/** What somebody wants to happen to an account. */
sealed interface AccountCommand {

    /** Names this command for good: sent twice, it is carried out once. */
    String id();

    /** Whose account it is. */
    String userId();

    /** Why this can't be done to an account as it is now; empty if it can. */
    Optional<Rejection> objection(Account account);

    /** What has happened when it was done. */
    AccountEvent event();

    /** Make somebody a user. */
    record RegisterUser(String id, String userId, String email) implements AccountCommand {

        @Override
        public Optional<Rejection> objection(Account account) {
            if (!EmailRule.isAddress(email)) {
                return Optional.of(Rejection.INVALID_EMAIL);
            }
            return account.status() == Status.UNKNOWN ? Optional.empty() : Optional.of(Rejection.ALREADY_REGISTERED);
        }

        @Override
        public AccountEvent event() {
            return new UserRegistered(userId, email);
        }
    }

    /** Reach a user elsewhere. */
    record ChangeEmail(String id, String userId, String email) implements AccountCommand {

        @Override
        public Optional<Rejection> objection(Account account) {
            if (!EmailRule.isAddress(email)) {
                return Optional.of(Rejection.INVALID_EMAIL);
            }
            return inactive(account)
                    .or(() -> email.equals(account.email()) ? Optional.of(Rejection.SAME_EMAIL) : Optional.empty());
        }

        @Override
        public AccountEvent event() {
            return new EmailChanged(userId, email);
        }
    }

    /** Let a user go. */
    record DeactivateUser(String id, String userId) implements AccountCommand {

        @Override
        public Optional<Rejection> objection(Account account) {
            return inactive(account);
        }

        @Override
        public AccountEvent event() {
            return new UserDeactivated(userId);
        }
    }

    private static Optional<Rejection> inactive(Account account) {
        return switch (account.status()) {
            case UNKNOWN -> Optional.of(Rejection.NOT_REGISTERED);
            case ACTIVE -> Optional.empty();
            case DEACTIVATED -> Optional.of(Rejection.DEACTIVATED);
        };
    }
}
