package com.portfolio.infra.benchmarks.comparison;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be compared. */
enum Scenario {
    ONE_EVENT,
    TEN_EVENTS,
    MANY_WRITERS,
    ROUND_TRIPS,
    TEN_ROUND_TRIPS,
    LOAD,
    REPLAY;

    /** Brings the contenders together. */
    Lineup lineUp(BenchmarkServer server) throws Exception {
        AppendScenarios appends = new AppendScenarios(server);
        ReadScenarios reads = new ReadScenarios(server);
        return switch (this) {
            case ONE_EVENT -> appends.oneEvent();
            case TEN_EVENTS -> appends.tenEvents();
            case MANY_WRITERS -> appends.manyWriters();
            case ROUND_TRIPS -> appends.roundTrips(1);
            case TEN_ROUND_TRIPS -> appends.roundTrips(AppendScenarios.TEN);
            case LOAD -> reads.load();
            case REPLAY -> reads.replay();
        };
    }

    /** The name on the command line: lower case, with hyphens. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads a list of names.
     *
     * @param names separated by commas; {@code all} for all of them
     * @throws IllegalArgumentException if there is none of a name
     */
    static Set<Scenario> parse(String names) {
        if (names.equals("all")) {
            return EnumSet.allOf(Scenario.class);
        }
        Set<Scenario> chosen = EnumSet.noneOf(Scenario.class);
        for (String name : names.split(",", -1)) {
            chosen.add(byId(name.strip()));
        }
        return chosen;
    }

    private static Scenario byId(String id) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no scenario '" + id + "', only "
                        + Arrays.stream(values()).map(Scenario::id).collect(Collectors.joining(", ")) + "."));
    }
}
