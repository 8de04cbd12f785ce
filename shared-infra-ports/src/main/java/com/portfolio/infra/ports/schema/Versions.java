package com.portfolio.infra.ports.schema;

final class Versions {

    private Versions() {}

    static void check(int version) {
        if (version < 1) {
            throw new IllegalArgumentException(
                    "Versions of a subject start at 1; there is no version " + version + ".");
        }
    }
}
