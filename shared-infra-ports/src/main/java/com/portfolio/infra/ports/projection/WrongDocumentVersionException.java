package com.portfolio.infra.ports.projection;

/** A document has another version than a writer expected. Nothing was changed. */
public final class WrongDocumentVersionException extends ProjectionStoreException {

    private static final long serialVersionUID = 1L;

    private final String projection;
    private final String id;
    private final long expected;
    private final long actual;

    public WrongDocumentVersionException(String projection, String id, long expected, long actual) {
        super(
                "Document '" + id + "' of projection '" + projection + "' is at version " + actual + " but version "
                        + expected + " was expected; nothing was changed.",
                null,
                false);
        this.projection = projection;
        this.id = id;
        this.expected = expected;
        this.actual = actual;
    }

    /** The projection that the document belongs to. */
    public String projection() {
        return projection;
    }

    /** The document's id. */
    public String id() {
        return id;
    }

    /** The version that was expected; 0 for none. */
    public long expected() {
        return expected;
    }

    /** The version that the document has; 0 if it is not there. */
    public long actual() {
        return actual;
    }
}
