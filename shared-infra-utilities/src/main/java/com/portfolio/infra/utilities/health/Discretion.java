package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.utilities.secrets.Redaction;
import com.portfolio.infra.utilities.secrets.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        Map<String, Object> discreet = new LinkedHashMap<>();
        details.forEach((key, value) -> {
            String name = String.valueOf(key);
            discreet.put(name, speaksOfACredential(name) && !isPlain(value) ? Secret.MASK : discreet(value));
        });
        return discreet;
    }

    private static Object discreet(Object detail) {
        if (detail instanceof String text) {
            return Redaction.redact(text);
        }
        if (detail instanceof Map<?, ?> map) {
            return discreet(map);
        }
        return detail instanceof List<?> list
                ? list.stream().map(Discretion::discreet).toList()
                : detail;
    }

    /** A number of tokens, for instance. */
    private static boolean isPlain(Object value) {
        return value instanceof Number || value instanceof Boolean;
    }

    private static boolean speaksOfACredential(String name) {
        String assigned = name + "=x";
        return !Redaction.redact(assigned).equals(assigned);
    }
}
