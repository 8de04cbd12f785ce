package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.schema.RegisteredSchema;
import com.portfolio.infra.ports.schema.Schema;
import com.portfolio.infra.ports.schema.SchemaDifference;
import java.util.List;

/** Finds what makes a new schema incompatible with a registered one. */
@FunctionalInterface
public interface SchemaComparison {

    /**
     * Compares two schemas in both directions; which of the differences matter is the registry's affair.
     *
     * @return every difference that breaks one direction or the other, with the version of
     *         {@code registered}; empty if the two are compatible in both
     */
    List<SchemaDifference> differences(RegisteredSchema registered, Schema candidate);
}
