package com.portfolio.infra.testing.memory;

import java.util.Optional;

/**
 * A call of an {@link InMemoryProjectionStore}, to tell those that are to fail from others.
 *
 * @param operation what is done
 * @param id        the document's id, where it is about one
 */
public record ProjectionCall(Operation operation, Optional<String> id) {

    /** What is done. */
    public enum Operation {
        /** A document is looked for, with or without its version. */
        FIND,
        /** A page is listed. */
        LIST,
        /** A page is queried. */
        QUERY,
        /** A document is saved, with or without an expected version. */
        SAVE,
        /** A document is deleted, with or without an expected version. */
        DELETE,
        /** The checkpoint is read. */
        CHECKPOINT,
        /** Documents and checkpoint move together. */
        ADVANCE
    }

    static ProjectionCall of(Operation operation) {
        return new ProjectionCall(operation, Optional.empty());
    }

    static ProjectionCall of(Operation operation, String id) {
        return new ProjectionCall(operation, Optional.of(id));
    }

    /** Whether documents or the checkpoint would change. */
    public boolean isWrite() {
        return switch (operation) {
            case SAVE, DELETE, ADVANCE -> true;
            case FIND, LIST, QUERY, CHECKPOINT -> false;
        };
    }
}
