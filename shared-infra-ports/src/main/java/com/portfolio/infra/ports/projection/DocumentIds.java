package com.portfolio.infra.ports.projection;

import com.portfolio.infra.ports.event.WellFormed;

/** What the ids of documents may look like; for adapters. */
public final class DocumentIds {

    /** The greatest length of an id, in characters. */
    public static final int MAX_LENGTH = 255;

    private DocumentIds() {}

    /**
     * The id itself, if it is one.
     *
     * @throws NullPointerException     if there is none
     * @throws IllegalArgumentException if it is empty, too long, not well-formed or contains U+0000
     */
    public static String require(String id) {
        WellFormed.require(id, "the document id");
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A document id must have 1 to " + MAX_LENGTH + " characters; this one has " + id.length() + ".");
        }
        if (id.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "A document id must not contain U+0000; this one does at index " + id.indexOf('\0') + ".");
        }
        return id;
    }
}
