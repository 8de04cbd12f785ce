package com.portfolio.infra.ports.eventstore;

final class PageLimit {

    private PageLimit() {}

    static void check(int limit, int max) {
        if (limit < 1 || limit > max) {
            throw new IllegalArgumentException("A page must have 1 to " + max + " events, not " + limit + ".");
        }
    }
}
