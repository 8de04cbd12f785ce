package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import java.util.stream.Collectors;

/** A schema breaks the compatibility of its subject. It was not registered. */
@Experimental
public final class SchemaIncompatibleException extends SchemaRegistryException {

    private static final long serialVersionUID = 1L;

    private final transient Subject subject;
    private final transient CompatibilityReport report;

    public SchemaIncompatibleException(Subject subject, CompatibilityReport report) {
        super(
                "The schema for subject '" + subject + "' is not " + report.mode()
                        + " compatible, so it was not registered:\n"
                        + report.differences().stream()
                                .map(SchemaDifference::toString)
                                .collect(Collectors.joining("\n")),
                null,
                false);
        this.subject = subject;
        this.report = report;
    }

    /** What the schema was to be a version of. */
    public Subject subject() {
        return subject;
    }

    /** Every difference that breaks compatibility. */
    public CompatibilityReport report() {
        return report;
    }
}
