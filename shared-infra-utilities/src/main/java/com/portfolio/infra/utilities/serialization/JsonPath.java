package com.portfolio.infra.utilities.serialization;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import java.util.List;
import java.util.Map;

/** Where in an object something went wrong, as a path from {@code $}. */
final class JsonPath {

    /** An object that holds itself has a path of a thousand steps. */
    private static final int MAX_STEPS = 20;

    private JsonPath() {}

    static String of(Throwable failure) {
        return failure instanceof JsonMappingException mapping ? of(mapping.getPath()) : "$";
    }

    private static String of(List<Reference> steps) {
        StringBuilder path = new StringBuilder("$");
        steps.stream().limit(MAX_STEPS).forEach(step -> path.append(of(step)));
        return steps.size() > MAX_STEPS ? path.append("...").toString() : path.toString();
    }

    private static String of(Reference step) {
        if (step.getFieldName() == null) {
            return "[" + (step.getIndex() < 0 ? "*" : step.getIndex()) + "]";
        }
        return isMap(step.getFrom()) ? ".*" : "." + step.getFieldName();
    }

    /** The name of a step into a map is a key, and a key is data. */
    private static boolean isMap(Object from) {
        Class<?> type = from instanceof Class<?> given ? given : from == null ? Object.class : from.getClass();
        return Map.class.isAssignableFrom(type);
    }
}
