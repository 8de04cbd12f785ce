package com.portfolio.infra.ports.eventstore;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Which events of a log a reader wants: those of any of the categories, and of any of the types.
 *
 * @param categories {@linkplain StreamId#category() categories} of streams; empty for all
 * @param types      names of event types; empty for all
 */
public record LogFilter(Set<String> categories, Set<String> types) {

    private static final LogFilter ALL = new LogFilter(Set.of(), Set.of());

    public LogFilter {
        categories = Set.copyOf(categories);
        types = Set.copyOf(types);
    }

    /** Every event. */
    public static LogFilter all() {
        return ALL;
    }

    /**
     * The events of some categories.
     *
     * @throws IllegalArgumentException if none is named, which would pass everything
     */
    public static LogFilter ofCategories(String... categories) {
        return new LogFilter(named(categories, "category"), Set.of());
    }

    /**
     * The events of some types.
     *
     * @throws IllegalArgumentException if none is named, which would pass everything
     */
    public static LogFilter ofTypes(String... types) {
        return new LogFilter(Set.of(), named(types, "type"));
    }

    private static Set<String> named(String[] names, String what) {
        if (names.length == 0) {
            throw new IllegalArgumentException(
                    "A filter must name at least one " + what + "; LogFilter.all() passes" + " everything.");
        }
        return new HashSet<>(Arrays.asList(names));
    }

    /** Whether every event passes. */
    public boolean isAll() {
        return categories.isEmpty() && types.isEmpty();
    }

    /** Whether an event passes. */
    public boolean matches(RecordedEvent event) {
        return (categories.isEmpty() || categories.contains(event.stream().category()))
                && (types.isEmpty() || types.contains(event.type().name()));
    }
}
