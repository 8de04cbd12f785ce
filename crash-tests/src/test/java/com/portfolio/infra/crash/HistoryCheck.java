package com.portfolio.infra.crash;

import java.util.ArrayList;
import java.util.List;

/** Looks for everything in a history that must not be. */
final class HistoryCheck {

    private HistoryCheck() {}

    /** What is wrong, one sentence each; empty if nothing is. */
    static List<String> problems(History history) {
        List<String> problems = new ArrayList<>();
        StoredCheck.find(history, problems);
        RequestCheck.find(history, problems);
        WatcherCheck.find(history, problems);
        ProjectionCheck.find(history, problems);
        return problems;
    }
}
