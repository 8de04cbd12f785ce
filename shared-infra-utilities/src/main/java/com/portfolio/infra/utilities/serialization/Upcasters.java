package com.portfolio.infra.utilities.serialization;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.EventTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The steps from every older schema version of every type to the current one, without a gap. */
final class Upcasters {

    private final Map<EventType, JsonUpcaster> steps = new HashMap<>();

    /**
     * @throws IllegalArgumentException naming every step that is missing, doubled or leads nowhere
     */
    Upcasters(EventTypes types, List<EventType> current, List<JsonUpcaster> upcasters) {
        List<String> problems = new ArrayList<>();
        for (JsonUpcaster upcaster : upcasters) {
            if (steps.putIfAbsent(new EventType(upcaster.type(), upcaster.from()), upcaster) != null) {
                problems.add(upcaster.type() + " has two upcasters from v" + upcaster.from());
            }
            if (types.classOf(upcaster.type()).isEmpty()) {
                problems.add(upcaster.type() + " has an upcaster but is not a registered event type");
            }
        }
        for (EventType type : current) {
            for (int version = 1; version < type.schemaVersion(); version++) {
                if (!steps.containsKey(new EventType(type.name(), version))) {
                    problems.add(type.name() + " is at v" + type.schemaVersion() + " and lacks an upcaster from v"
                            + version + " (JsonUpcaster.unchanged, if the payload fits as it is)");
                }
            }
            upcasters.stream()
                    .filter(upcaster -> upcaster.type().equals(type.name()) && upcaster.from() >= type.schemaVersion())
                    .forEach(upcaster -> problems.add(type.name() + " is at v" + type.schemaVersion()
                            + " but has an upcaster from v" + upcaster.from()));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "The upcasters do not fit the event types: " + String.join("; ", problems) + ".");
        }
    }

    /**
     * Turns the payload of a version into that of the next.
     *
     * @throws JsonConversionException if the step fails
     */
    ObjectNode apply(String type, int version, ObjectNode payload) {
        JsonUpcaster upcaster = Objects.requireNonNull(steps.get(new EventType(type, version)), "checked when built");
        ObjectNode next;
        try {
            next = upcaster.step().apply(payload);
        } catch (RuntimeException e) {
            throw failed(version, e);
        }
        if (next == null) {
            throw failed(version, new RefusedException("it returned null"));
        }
        return next;
    }

    private static JsonConversionException failed(int version, RuntimeException failure) {
        return JsonFailures.reading("v" + (version + 1) + " by the upcaster from v" + version, failure);
    }
}
