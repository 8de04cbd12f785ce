package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the schemas of subjects, in versions that are compatible with each other.
 *
 * <p>A subject's versions are 1, 2, 3…, without a hole, however many register at once. What is registered
 * never changes and is never deleted, so that a result may be kept for ever; only {@link #latest},
 * {@link #versions} and {@link #compatibility} give other answers later.
 *
 * <p>Schemas are the same if their canonical forms are: white space and the order of keys make no
 * difference.
 *
 * <p>Calls block. Each throws {@link RegistryUnavailableException} if the registry can't be reached, and
 * {@link SchemaRegistryFailedException} if it refuses for a reason that will not pass by itself. Thread-safe.
 */
@Experimental
public interface SchemaRegistry {

    /**
     * Registers a schema as the next version of a subject, if the subject's compatibility mode allows it.
     *
     * <p>A schema that the subject has already, in whatever version, is not registered again: the result is
     * that version. So repeating a call whose answer was lost is safe.
     *
     * @return the schema's id and version
     * @throws InvalidSchemaException      if the schema can't be parsed, or refers to one that is not there;
     *         nothing was registered
     * @throws SchemaIncompatibleException if it breaks compatibility, with every difference; nothing was
     *         registered
     */
    RegisteredSchema register(Subject subject, Schema schema);

    /**
     * The schema of an id, if there is one. Of a schema that several subjects have under one id, as
     * registries may keep it, this is any one of the registrations.
     */
    Optional<RegisteredSchema> findById(SchemaId id);

    /**
     * The version of a subject that a schema is the same as, if there is one.
     *
     * @throws InvalidSchemaException if the schema can't be parsed, or refers to one that is not there
     */
    Optional<RegisteredSchema> lookup(Subject subject, Schema schema);

    /** The greatest version of a subject; empty for a subject that is unknown. */
    Optional<RegisteredSchema> latest(Subject subject);

    /**
     * A version of a subject, if there is one.
     *
     * @throws IllegalArgumentException if {@code version} is less than 1
     */
    Optional<RegisteredSchema> version(Subject subject, int version);

    /** All versions of a subject, ascending; empty for a subject that is unknown. */
    List<Integer> versions(Subject subject);

    /**
     * What registering a schema would say, without registering it. A subject without versions is
     * compatible with everything.
     *
     * @throws InvalidSchemaException if the schema can't be parsed, or refers to one that is not there
     */
    CompatibilityReport checkCompatibility(Subject subject, Schema candidate);

    /**
     * The mode that a subject's next version is checked with: its own, or the registry's default, which is
     * {@link CompatibilityMode#BACKWARD} unless it is configured otherwise. An unknown subject has the
     * default.
     */
    CompatibilityMode compatibility(Subject subject);

    /**
     * Gives a subject a mode of its own, unknown ones included. Versions that are registered already are
     * not checked again.
     */
    void setCompatibility(Subject subject, CompatibilityMode mode);
}
