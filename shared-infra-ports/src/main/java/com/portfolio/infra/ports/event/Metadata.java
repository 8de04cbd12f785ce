package com.portfolio.infra.ports.event;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What travels with an event beside its payload: text under names.
 *
 * <p>Four names are the library's own, the {@linkplain #correlationId() correlation id}, the
 * {@linkplain #causationId() causation id}, and {@value #TRACEPARENT} and {@value #TRACESTATE} of
 * <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>; every other is the service's. Immutable; entries are kept in
 * the order of their names, so that equal metadata is encoded to equal text.
 *
 * @param entries the names and their values, well-formed Unicode both
 */
public record Metadata(Map<String, String> entries) {

    /** The entry that all consequences of one request share. */
    public static final String CORRELATION_ID = "correlationId";

    /** The entry that names the command or event which caused this one. */
    public static final String CAUSATION_ID = "causationId";

    /** The entry that names the trace of the request, and what in it brought the event about. */
    public static final String TRACEPARENT = "traceparent";

    /** The entry with what vendors add to {@link #TRACEPARENT}. */
    public static final String TRACESTATE = "tracestate";

    private static final Metadata EMPTY = new Metadata(Map.of());

    public Metadata {
        TreeMap<String, String> sorted = new TreeMap<>();
        entries.forEach((name, value) -> {
            WellFormed.require(name, "a metadata name");
            requireValue(name, value);
            sorted.put(name, value);
        });
        entries = Collections.unmodifiableMap(sorted);
    }

    /** Puts the name of the value together only for an error: metadata is made for every call. */
    private static void requireValue(String name, @Nullable String value) {
        if (value == null || WellFormed.indexOfLoneSurrogate(value) >= 0) {
            WellFormed.require(value, "metadata '" + name + "'");
        }
    }

    /** No entries. */
    public static Metadata empty() {
        return EMPTY;
    }

    /** One entry. */
    public static Metadata of(String name, String value) {
        return new Metadata(Map.of(name, value));
    }

    /** These entries and one more, which replaces one of the same name. */
    public Metadata with(String name, String value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        return with(Map.of(name, value));
    }

    /** These entries and others, which replace those of the same name. */
    public Metadata with(Metadata others) {
        return others.isEmpty() ? this : isEmpty() ? others : with(others.entries);
    }

    private Metadata with(Map<String, String> others) {
        Map<String, String> all = new TreeMap<>(entries);
        all.putAll(others);
        return new Metadata(all);
    }

    /** The value of an entry, if there is one. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** The id that all consequences of one request share, if it is known. */
    public Optional<String> correlationId() {
        return get(CORRELATION_ID);
    }

    /** The id of the command or event that caused this one, if it is known. */
    public Optional<String> causationId() {
        return get(CAUSATION_ID);
    }

    /** Whether there is no entry. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }
}
