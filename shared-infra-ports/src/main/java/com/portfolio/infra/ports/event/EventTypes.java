package com.portfolio.infra.ports.event;

import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which class stands for which logical event type, in both directions.
 *
 * <p>Made from a service's sealed interfaces:
 *
 * <pre>{@code
 * EventTypes types = EventTypes.ofSealed("accounts", AccountEvent.class)
 *         .rename(UserRegistered.class, "accounts.Registered")   // the class was renamed, the type was not
 *         .version(EmailChanged.class, 2)                        // older ones are upcast on reading
 *         .and(EventTypes.ofSealed("orders", OrderEvent.class));
 * }</pre>
 *
 * <p>Immutable and thread-safe. Two classes of one name are refused when the registry is made, so that
 * it fails at start-up and not at the first event.
 */
public final class EventTypes {

    private static final EventTypes NONE = new EventTypes(Map.of());

    private final Map<Class<?>, EventType> byClass;
    private final Map<String, Class<?>> byName;

    private EventTypes(Map<Class<?>, EventType> byClass) {
        Map<String, Class<?>> names = new LinkedHashMap<>();
        byClass.forEach((type, eventType) -> {
            Class<?> other = names.putIfAbsent(eventType.name(), type);
            if (other != null) {
                throw new IllegalArgumentException("Event type '" + eventType.name() + "' stands for both "
                        + other.getName() + " and " + type.getName() + "; rename one of them.");
            }
        });
        this.byClass = Collections.unmodifiableMap(new LinkedHashMap<>(byClass));
        this.byName = Collections.unmodifiableMap(names);
    }

    /** A registry that knows no type. */
    public static EventTypes none() {
        return NONE;
    }

    /**
     * All concrete classes that a sealed type permits, at whatever depth, named
     * {@code <namespace>.<simple class name>} at schema version 1.
     *
     * @throws IllegalArgumentException if {@code root} is not sealed, if something below it is open
     *         ({@code non-sealed} or not final), or if two classes get the same name
     */
    public static EventTypes ofSealed(String namespace, Class<?> root) {
        Objects.requireNonNull(namespace, "namespace");
        if (!root.isSealed()) {
            throw new IllegalArgumentException(root.getName() + " is not sealed, so its events cannot be listed; "
                    + "seal it, or add its classes one by one with EventTypes.of(class, name).");
        }
        Map<Class<?>, EventType> found = new LinkedHashMap<>();
        collect(namespace, root, found);
        return new EventTypes(found);
    }

    /** One class under a name of its own, at schema version 1. */
    public static EventTypes of(Class<?> type, String name) {
        return new EventTypes(Map.of(type, EventType.of(name)));
    }

    private static void collect(String namespace, Class<?> type, Map<Class<?>, EventType> found) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(namespace, permitted, found);
            }
        } else if (!Modifier.isFinal(type.getModifiers())) {
            throw new IllegalArgumentException(type.getName()
                    + " is open to subclasses, so its events cannot be listed; make it final or sealed.");
        }
        if (!Modifier.isAbstract(type.getModifiers())) {
            found.put(type, EventType.of(namespace + "." + type.getSimpleName()));
        }
    }

    /**
     * The same types, with another name for one of them.
     *
     * @throws IllegalArgumentException if the class is not registered, or the name is taken
     */
    public EventTypes rename(Class<?> type, String name) {
        return replace(type, new EventType(name, typeOf(type).schemaVersion()));
    }

    /**
     * The same types, with another schema version for one of them: the version that is written from now
     * on, and to which older ones are upcast on reading.
     *
     * @throws IllegalArgumentException if the class is not registered, or the version is less than 1
     */
    public EventTypes version(Class<?> type, int schemaVersion) {
        return replace(type, new EventType(typeOf(type).name(), schemaVersion));
    }

    /**
     * These types and others.
     *
     * @throws IllegalArgumentException if both know a class by different types, or two classes by one name
     */
    public EventTypes and(EventTypes others) {
        Map<Class<?>, EventType> all = new LinkedHashMap<>(byClass);
        others.byClass.forEach((type, eventType) -> {
            EventType mine = all.putIfAbsent(type, eventType);
            if (mine != null && !mine.equals(eventType)) {
                throw new IllegalArgumentException(
                        type.getName() + " is registered both as " + mine + " and as " + eventType + ".");
            }
        });
        return new EventTypes(all);
    }

    private EventTypes replace(Class<?> type, EventType eventType) {
        Map<Class<?>, EventType> changed = new LinkedHashMap<>(byClass);
        changed.put(type, eventType);
        return new EventTypes(changed);
    }

    /**
     * The type that a class stands for.
     *
     * @throws IllegalArgumentException if the class is not registered
     */
    public EventType typeOf(Class<?> type) {
        EventType found = byClass.get(type);
        if (found == null) {
            throw new IllegalArgumentException(type.getName() + " is not a registered event type; known are "
                    + (byName.isEmpty() ? "none" : String.join(", ", byName.keySet())) + ".");
        }
        return found;
    }

    /** The class that stands for a type's name, if one does. */
    public Optional<Class<?>> classOf(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All registered names, in the order of registration. */
    public Set<String> names() {
        return byName.keySet();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventTypes types && byClass.equals(types.byClass);
    }

    @Override
    public int hashCode() {
        return byClass.hashCode();
    }

    @Override
    public String toString() {
        return "EventTypes" + byClass.values();
    }
}
