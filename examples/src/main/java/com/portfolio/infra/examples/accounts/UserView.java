package com.portfolio.infra.examples.accounts;

import java.time.Instant;

/**
 * A user as others want to see one: the document of the projection.
 *
 * @param userId       who
 * @param email        where to reach them
 * @param active       whether they still are a user
 * @param version      the version of the account's stream that this shows
 * @param registeredAt when they became a user
 * @param changedAt    when something last happened
 */
public record UserView(
        String userId, String email, boolean active, long version, Instant registeredAt, Instant changedAt) {}
