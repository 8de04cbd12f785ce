package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import org.jspecify.annotations.Nullable;

/** A schema can't be parsed, or refers to one that is not there. Nothing was registered. */
@Experimental
public final class InvalidSchemaException extends SchemaRegistryException {

    private static final long serialVersionUID = 1L;

    private final transient Subject subject;

    /**
     * @param why what is wrong and where, as the end of a sentence, without a full stop
     */
    public InvalidSchemaException(Subject subject, String why, @Nullable Throwable cause) {
        super(
                "The schema for subject '" + subject + "' is invalid: " + why + ". Nothing was registered.",
                cause,
                false);
        this.subject = subject;
    }

    /** What the schema was to be a version of. */
    public Subject subject() {
        return subject;
    }
}
