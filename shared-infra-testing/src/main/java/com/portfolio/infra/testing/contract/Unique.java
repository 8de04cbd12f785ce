package com.portfolio.infra.testing.contract;

import java.util.UUID;

/** Names that no other test uses, so that one database serves all tests, and all runs of them. */
final class Unique {

    private Unique() {}

    static String category() {
        return "kit" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    static String stream() {
        return category() + "-1";
    }

    static String name(String prefix) {
        return prefix + "." + category();
    }

    static String projection() {
        return category();
    }
}
