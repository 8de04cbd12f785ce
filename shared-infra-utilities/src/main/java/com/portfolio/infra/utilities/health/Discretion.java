package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.utilities.secrets.Redaction;
import com.portfolio.infra.utilities.secrets.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes credentials out of what checks say of themselves: a net for those that forget to. */
final class Discretion {

    private Discretion() {}

    static HealthResult discreet(HealthResult found) {
        return new HealthResult(
                found.status(),
                found.reason().map(Redaction::redact),
                discreet(found.details()),
                found.duration(),
                found.checkedAt());
    }

    private static Map<String, Object> discreet(Map<?, ?> details) {
        Map<String, @Nullable Object> discreet = new LinkedHashMap<>();
        details.forEach((key, value) -> {
            String name = Redaction.redact(String.valueOf(key));
            discreet.put(name, speaksOfACredential(name) && !isPlain(value) ? Secret.MASK : discreet(value));
        });
        return discreet;
    }

    /** What is neither plain nor made of parts becomes the text that it would be told as. */
    private static @Nullable Object discreet(@Nullable Object detail) {
        if (isPlain(detail)) {
            return detail;
        }
        if (detail instanceof Map<?, ?> map) {
            return discreet(map);
        }
        if (detail instanceof Collection<?> collection) {
            List<@Nullable Object> discreet = new ArrayList<>();
            collection.forEach(element -> discreet.add(discreet(element)));
            return discreet;
        }
        return Redaction.redact(String.valueOf(detail));
    }

    /** A number of tokens, for instance. */
    private static boolean isPlain(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean;
    }

    private static boolean speaksOfACredential(String name) {
        String assigned = name + "=x";
        return !Redaction.redact(assigned).equals(assigned);
    }
}
