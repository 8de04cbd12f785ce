package com.portfolio.infra.utilities.serialization;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * One step that turns the payload of an event from one schema version into the next, while it is read.
 * What is stored stays as it is.
 *
 * <pre>{@code
 * JsonUpcaster.of("accounts.Opened", 1, json -> json.put("currency", "EUR"))
 * }</pre>
 *
 * @param type the name of the event's type
 * @param from the schema version that the step reads; it gives the next one
 * @param step gets the payload, which it may change, and gives the payload of the next version; called by
 *             any thread
 */
public record JsonUpcaster(String type, int from, UnaryOperator<ObjectNode> step) {

    public JsonUpcaster {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(step, "step");
        if (from < 1) {
            throw new IllegalArgumentException(
                    "An upcaster of '" + type + "' must start at schema version 1 or later, not at " + from + ".");
        }
    }

    /** A step from one schema version to the next. */
    public static JsonUpcaster of(String type, int from, UnaryOperator<ObjectNode> step) {
        return new JsonUpcaster(type, from, step);
    }

    /** A step between two versions of which the older fits the newer class as it is, or was never stored. */
    public static JsonUpcaster unchanged(String type, int from) {
        return new JsonUpcaster(type, from, UnaryOperator.identity());
    }
}
