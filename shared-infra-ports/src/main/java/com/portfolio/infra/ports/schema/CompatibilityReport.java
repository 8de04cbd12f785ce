package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import java.util.List;
import java.util.Objects;

/**
 * What a comparison of a new schema with registered versions found.
 *
 * @param mode        what was demanded
 * @param differences everything that breaks it; harmless differences are left out
 */
@Experimental
public record CompatibilityReport(CompatibilityMode mode, List<SchemaDifference> differences) {

    /**
     * @throws IllegalArgumentException if there is a difference that the mode does not forbid
     */
    public CompatibilityReport {
        Objects.requireNonNull(mode, "mode");
        differences = List.copyOf(differences);
        for (SchemaDifference difference : differences) {
            boolean forbidden = switch (difference.breaks()) {
                case BACKWARD -> mode.isBackward();
                case FORWARD -> mode.isForward();
            };
            if (!forbidden) {
                throw new IllegalArgumentException(mode + " does not forbid: " + difference + ".");
            }
        }
    }

    /** Nothing that breaks the mode. */
    public static CompatibilityReport compatible(CompatibilityMode mode) {
        return new CompatibilityReport(mode, List.of());
    }

    /** Whether nothing breaks the mode. */
    public boolean isCompatible() {
        return differences.isEmpty();
    }
}
