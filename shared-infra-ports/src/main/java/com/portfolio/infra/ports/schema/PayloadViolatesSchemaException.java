package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import java.util.List;
import java.util.stream.Collectors;

/** A payload does not fit its schema. It was not sent. */
@Experimental
public final class PayloadViolatesSchemaException extends SchemaRegistryException {

    private static final long serialVersionUID = 1L;

    private final transient Subject subject;
    private final int version;
    private final transient List<SchemaViolation> violations;

    public PayloadViolatesSchemaException(Subject subject, int version, List<SchemaViolation> violations) {
        super(
                "The payload does not fit version " + version + " of schema '" + subject + "', so it was not sent:\n"
                        + violations.stream().map(SchemaViolation::toString).collect(Collectors.joining("\n")),
                null,
                false);
        this.subject = subject;
        this.version = version;
        this.violations = List.copyOf(violations);
    }

    /** Which schema. */
    public Subject subject() {
        return subject;
    }

    /** Which version of it. */
    public int version() {
        return version;
    }

    /** Every place where the payload does not fit. */
    public List<SchemaViolation> violations() {
        return violations;
    }
}
