package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.schema.CompatibilityMode;
import com.portfolio.infra.ports.schema.CompatibilityReport;
import com.portfolio.infra.ports.schema.InvalidSchemaException;
import com.portfolio.infra.ports.schema.RegisteredSchema;
import com.portfolio.infra.ports.schema.Schema;
import com.portfolio.infra.ports.schema.SchemaDifference;
import com.portfolio.infra.ports.schema.SchemaId;
import com.portfolio.infra.ports.schema.SchemaIncompatibleException;
import com.portfolio.infra.ports.schema.SchemaReference;
import com.portfolio.infra.ports.schema.SchemaRegistry;
import com.portfolio.infra.ports.schema.SchemaRegistryFailedException;
import com.portfolio.infra.ports.schema.Subject;
import com.portfolio.infra.testing.memory.SchemaCall.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry in memory, for tests.
 *
 * <p>It numbers, versions and finds schemas and knows the mode of each subject. It can't compare schemas by
 * itself, and does not pretend to: where a mode demands it, and there is something to compare with, a
 * {@link SchemaComparison} has to be given. That a schema follows its specification is not checked either,
 * only that it is JSON. Every registration has an id of its own. Thread-safe.
 */
public final class InMemorySchemaRegistry implements SchemaRegistry {

    private final CompatibilityMode defaultMode;
    private final @Nullable SchemaComparison comparison;
    private final Map<Subject, Map<CanonicalSchema, RegisteredSchema>> subjects = new LinkedHashMap<>();
    private final Map<Subject, CompatibilityMode> modes = new LinkedHashMap<>();
    private final List<RegisteredSchema> byId = new ArrayList<>();
    private final Faults<SchemaCall> faults = new Faults<>();

    private InMemorySchemaRegistry(CompatibilityMode defaultMode, @Nullable SchemaComparison comparison) {
        this.defaultMode = Objects.requireNonNull(defaultMode, "defaultMode");
        this.comparison = comparison;
    }

    /**
     * A registry that compares nothing: its default mode is {@link CompatibilityMode#NONE}, and a second
     * version of a subject with another mode is a {@link SchemaRegistryFailedException}.
     */
    public static InMemorySchemaRegistry withoutComparison() {
        return new InMemorySchemaRegistry(CompatibilityMode.NONE, null);
    }

    /** A registry with a default mode, for subjects without one of their own. */
    public static InMemorySchemaRegistry comparing(CompatibilityMode defaultMode, SchemaComparison comparison) {
        return new InMemorySchemaRegistry(defaultMode, Objects.requireNonNull(comparison, "comparison"));
    }

    /** What goes wrong. */
    public Faults<SchemaCall> faults() {
        return faults;
    }

    @Override
    public RegisteredSchema register(Subject subject, Schema schema) {
        return call(Operation.REGISTER, subject, () -> {
            CanonicalSchema canonical = canonical(subject, schema);
            RegisteredSchema there = schemas(subject).get(canonical);
            return there == null ? add(subject, schema, canonical) : there;
        });
    }

    private RegisteredSchema add(Subject subject, Schema schema, CanonicalSchema canonical) {
        CompatibilityReport report = compare(subject, schema);
        if (!report.isCompatible()) {
            throw new SchemaIncompatibleException(subject, report);
        }
        Map<CanonicalSchema, RegisteredSchema> versions = subjects.computeIfAbsent(subject, s -> new LinkedHashMap<>());
        RegisteredSchema registered =
                new RegisteredSchema(SchemaId.of(byId.size() + 1), subject, versions.size() + 1, schema);
        versions.put(canonical, registered);
        byId.add(registered);
        return registered;
    }

    private CanonicalSchema canonical(Subject subject, Schema schema) {
        for (SchemaReference reference : schema.references()) {
            if (find(reference.subject(), reference.version()).isEmpty()) {
                throw new InvalidSchemaException(
                        subject,
                        "it refers to version " + reference.version() + " of subject '" + reference.subject()
                                + "', which is not there",
                        null);
            }
        }
        return CanonicalSchema.of(subject, schema);
    }

    private CompatibilityReport compare(Subject subject, Schema candidate) {
        CompatibilityMode mode = mode(subject);
        List<RegisteredSchema> versions = List.copyOf(schemas(subject).values());
        if (mode == CompatibilityMode.NONE || versions.isEmpty()) {
            return CompatibilityReport.compatible(mode);
        }
        if (comparison == null) {
            throw new SchemaRegistryFailedException(
                    "Subject '" + subject + "' demands " + mode + " compatibility, but this registry was made without"
                            + " a SchemaComparison; nothing was changed. Give it one, or set the mode to NONE.",
                    null);
        }
        List<RegisteredSchema> compared =
                mode.isTransitive() ? versions : versions.subList(versions.size() - 1, versions.size());
        List<SchemaDifference> breaking = new ArrayList<>();
        for (RegisteredSchema version : compared) {
            comparison.differences(version, candidate).stream()
                    .filter(difference -> forbids(mode, difference))
                    .forEach(breaking::add);
        }
        return new CompatibilityReport(mode, breaking);
    }

    private static boolean forbids(CompatibilityMode mode, SchemaDifference difference) {
        return switch (difference.breaks()) {
            case BACKWARD -> mode.isBackward();
            case FORWARD -> mode.isForward();
        };
    }

    @Override
    public Optional<RegisteredSchema> findById(SchemaId id) {
        return call(
                new SchemaCall(Operation.FIND_BY_ID, Optional.empty()),
                () -> id.value() > byId.size() ? Optional.empty() : Optional.of(byId.get(id.value() - 1)));
    }

    @Override
    public Optional<RegisteredSchema> lookup(Subject subject, Schema schema) {
        return call(
                Operation.LOOKUP,
                subject,
                () -> Optional.ofNullable(schemas(subject).get(canonical(subject, schema))));
    }

    @Override
    public Optional<RegisteredSchema> latest(Subject subject) {
        return call(
                Operation.VERSION, subject, () -> find(subject, schemas(subject).size()));
    }

    @Override
    public Optional<RegisteredSchema> version(Subject subject, int version) {
        if (version < 1) {
            throw new IllegalArgumentException(
                    "Versions of a subject start at 1; there is no version " + version + ".");
        }
        return call(Operation.VERSION, subject, () -> find(subject, version));
    }

    @Override
    public List<Integer> versions(Subject subject) {
        return call(
                Operation.VERSIONS,
                subject,
                () -> IntStream.rangeClosed(1, schemas(subject).size()).boxed().toList());
    }

    @Override
    public CompatibilityReport checkCompatibility(Subject subject, Schema candidate) {
        return call(Operation.CHECK, subject, () -> {
            // A schema that is there already would not be registered again, whatever came after it.
            return schemas(subject).containsKey(canonical(subject, candidate))
                    ? CompatibilityReport.compatible(mode(subject))
                    : compare(subject, candidate);
        });
    }

    @Override
    public CompatibilityMode compatibility(Subject subject) {
        return call(Operation.COMPATIBILITY, subject, () -> mode(subject));
    }

    @Override
    public void setCompatibility(Subject subject, CompatibilityMode mode) {
        Objects.requireNonNull(mode, "mode");
        call(Operation.SET_COMPATIBILITY, subject, () -> {
            modes.put(subject, mode);
            return mode;
        });
    }

    private CompatibilityMode mode(Subject subject) {
        return modes.getOrDefault(subject, defaultMode);
    }

    private Map<CanonicalSchema, RegisteredSchema> schemas(Subject subject) {
        return subjects.getOrDefault(subject, Map.of());
    }

    private Optional<RegisteredSchema> find(Subject subject, int version) {
        return schemas(subject).values().stream()
                .filter(schema -> schema.version() == version)
                .findFirst();
    }

    private <R> R call(Operation operation, Subject subject, Supplier<R> action) {
        Objects.requireNonNull(subject, "subject");
        return call(new SchemaCall(operation, Optional.of(subject)), action);
    }

    private <R> R call(SchemaCall call, Supplier<R> action) {
        synchronized (byId) {
            faults.before(call);
            R result = action.get();
            faults.after(call);
            return result;
        }
    }
}
