package com.portfolio.infra.ports.messaging;

import java.util.List;

final class Problems {

    private Problems() {}

    /** Reports all problems at once, if there are any. */
    static void check(List<String> problems, String of) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.size() + (problems.size() == 1 ? " problem " : " problems ")
                    + of + ":\n" + String.join("\n", problems));
        }
    }
}
