package com.portfolio.infra.neon.internal;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a connection string: libpq's names, which consoles hand out, as the driver's own names.
 *
 * <p>The driver takes unknown names without a word, {@code channel_binding=require} among them, so each
 * name is looked up here and refused if nobody knows it.
 */
public final class UrlParameters {

    private static final Map<String, String> LIBPQ_NAMES = Map.ofEntries(
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("connect_timeout", "connectTimeout"),
            Map.entry("application_name", "ApplicationName"),
            Map.entry("sslnegotiation", "sslNegotiation"),
            Map.entry("target_session_attrs", "targetServerType"),
            Map.entry("keepalives", "tcpKeepAlive"),
            Map.entry("gssencmode", "gssEncMode"));

    private static final Map<String, Set<String>> CHOICES = Map.of(
            "sslmode", Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
            "channelBinding", Set.of("disable", "prefer", "require"),
            "sslNegotiation", Set.of("postgres", "direct"));

    private static final Map<String, Map<String, String>> TRANSLATIONS = Map.of(
            "tcpKeepAlive", Map.of("1", "true", "0", "false"),
            "targetServerType",
                    Map.of(
                            "read-write",
                            "primary",
                            "read-only",
                            "secondary",
                            "standby",
                            "secondary",
                            "prefer-standby",
                            "preferSecondary"));

    private static final Set<String> NUMBERS = Set.of("connectTimeout", "socketTimeout", "loginTimeout");

    private static final Set<String> DRIVER_NAMES = PostgresDriver.parameterNames();

    private UrlParameters() {}

    /** The driver's name for a parameter; null if neither libpq nor the driver knows it. */
    public static @Nullable String driverName(String name) {
        String libpq = LIBPQ_NAMES.get(name);
        if (libpq != null) {
            return libpq;
        }
        return DRIVER_NAMES.contains(name) ? name : null;
    }

    /** A libpq value as the driver writes it. */
    public static String driverValue(String driverName, String value) {
        return TRANSLATIONS.getOrDefault(driverName, Map.of()).getOrDefault(value, value);
    }

    /** What is wrong with a value, without the value; null if nothing is. */
    public static @Nullable String problem(String name, String driverName, String value) {
        Set<String> choices = CHOICES.get(driverName);
        if (choices != null && !choices.contains(value)) {
            return "has the parameter '" + name + "' with a value that is none of "
                    + String.join(", ", choices.stream().sorted().toList());
        }
        if (NUMBERS.contains(driverName) && !value.matches("\\d{1,6}")) {
            return "has the parameter '" + name + "', which must be a number of seconds";
        }
        return null;
    }
}
