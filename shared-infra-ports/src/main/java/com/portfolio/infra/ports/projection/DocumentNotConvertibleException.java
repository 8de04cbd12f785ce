package com.portfolio.infra.ports.projection;

import org.jspecify.annotations.Nullable;

/**
 * A document can't be turned into text, or its stored text does not fit its class. Nothing was changed.
 */
public final class DocumentNotConvertibleException extends ProjectionStoreException {

    private static final long serialVersionUID = 1L;

    private final String projection;
    private final String id;

    public DocumentNotConvertibleException(String projection, String id, String why, @Nullable Throwable cause) {
        super(
                "Document '" + id + "' of projection '" + projection + "' " + why + "; nothing was changed.",
                cause,
                false);
        this.projection = projection;
        this.id = id;
    }

    /** The projection that the document belongs to. */
    public String projection() {
        return projection;
    }

    /** The document's id. */
    public String id() {
        return id;
    }
}
