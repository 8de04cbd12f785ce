package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.event.WellFormed;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What CloudEvents 1.0 allows as a text and as a name ("Type System" and "Naming Conventions"). */
final class CloudEventsText {

    /** The context attributes, what the JSON format uses besides, and what a message has a place for. */
    private static final Set<String> TAKEN = Set.of(
            "id",
            "source",
            "specversion",
            "type",
            "datacontenttype",
            "dataschema",
            "subject",
            "time",
            "data",
            "partitionkey",
            "schemaversion",
            "correlationid",
            "causationid",
            "traceparent",
            "tracestate");

    private CloudEventsText() {}

    static String require(@Nullable String text, String what) {
        String wellFormed = WellFormed.require(text, what);
        wellFormed.codePoints().filter(c -> !isAllowed(c)).findFirst().ifPresent(c -> {
            throw new IllegalArgumentException("CloudEvents allows neither control characters nor noncharacters, but "
                    + what + " has " + String.format("U+%04X", c) + ".");
        });
        return wellFormed;
    }

    static String requireNonEmpty(@Nullable String text, String what) {
        String allowed = require(text, what);
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException("CloudEvents wants " + what + " not to be empty.");
        }
        return allowed;
    }

    static void requireExtension(String name, String value) {
        if (!name.matches("[a-z0-9]+")) {
            throw new IllegalArgumentException("CloudEvents allows lower-case ASCII letters and digits in the name"
                    + " of an extension; '" + name + "' has something else, or nothing.");
        }
        if (TAKEN.contains(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not free for an extension: it has a place of its own in the envelope.");
        }
        require(value, "extension '" + name + "'");
    }

    static void requireHeader(String name, String value) {
        WellFormed.require(name, "a header's name");
        WellFormed.require(value, "header '" + name + "'");
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.isEmpty()) {
            throw new IllegalArgumentException("A header must have a name.");
        }
        if (lower.startsWith("ce_")
                || lower.startsWith("ce-")
                || lower.equals("content-type")
                || lower.equals("traceparent")
                || lower.equals("tracestate")) {
            throw new IllegalArgumentException("'" + name + "' is not free for a header: CloudEvents (ce_, ce-,"
                    + " content-type) or W3C Trace Context (traceparent, tracestate) uses it.");
        }
    }

    private static boolean isAllowed(int codePoint) {
        boolean control = codePoint <= 0x1F || (codePoint >= 0x7F && codePoint <= 0x9F);
        boolean noncharacter = (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
        return !control && !noncharacter;
    }
}
