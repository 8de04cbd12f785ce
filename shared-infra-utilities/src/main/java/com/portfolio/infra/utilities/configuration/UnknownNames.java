package com.portfolio.infra.utilities.configuration;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds names that nobody knows and that were probably meant to be one of ours. */
final class UnknownNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,80}");

    /** Beginnings that are nobody else's. */
    private static final List<String> OURS =
            List.of("CIRCUIT_BREAKER_", "DB_POOL_", "EVENT_LOG_", "EVENT_STORE_", "MESSAGE_BUS_", "PROJECTION_STORE_");

    /** Beginnings that are ours in a file of ours, and that of others too in an environment. */
    private static final List<String> SHARED = List.of(
            "CALL_",
            "CLOUDFLARE_",
            "CONFIG_",
            "DATABASE_",
            "DB_",
            "HEALTH_",
            "KAFKA_",
            "REDIS_",
            "RETRY_",
            "SCHEMA_REGISTRY_",
            "SECRETS_");

    /** What Kubernetes adds for a service that is called {@code redis} or {@code event-store}. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            ".*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private final Settings settings;
    private final Sources sources;
    private final Problems problems;
    private final Map<String, Variable<?>> known = new LinkedHashMap<>();

    UnknownNames(Settings settings, Sources sources, Problems problems) {
        this.settings = settings;
        this.sources = sources;
        this.problems = problems;
        for (Variable<?> variable : Variables.ALL) {
            known.put(variable.name(), variable);
            if (variable.secret()) {
                known.put(variable.fileName(), variable);
            }
        }
    }

    void run() {
        List<String> ignored = settings.find(Variables.CONFIG_IGNORE).orElse(List.of());
        sources.names().forEach((name, origin) -> {
            boolean meant = known.containsKey(name) || ignored.contains(name);
            boolean readable = NAME.matcher(name).matches();
            boolean link = SERVICE_LINK.matcher(name).matches() && !origin.equals(ConfigFile.ORIGIN);
            if (!meant && readable && !link) {
                look(name, name + " (" + origin + ")", origin.equals(ConfigFile.ORIGIN));
            }
        });
    }

    private void look(String name, String named, boolean inFile) {
        Optional<Variable<?>> notSecret = Variables.ALL.stream()
                .filter(variable -> !variable.secret() && variable.fileName().equals(name))
                .findFirst();
        if (notSecret.isPresent()) {
            problems.add(named + " is not known: only secrets are read from files; set "
                    + notSecret.get().name());
            return;
        }
        boolean ours = startsWithAny(name, OURS) || (inFile && startsWithAny(name, SHARED));
        Optional<String> meant = ours ? closest(name, Math.max(2, name.length() / 3)) : misspelt(name);
        if (ours || meant.isPresent()) {
            problems.add(named + " is not known; "
                    + meant.map(close -> "did you mean " + close + "? If not").orElse("if it is meant")
                    + ", name it in CONFIG_IGNORE");
        }
    }

    private static boolean startsWithAny(String name, List<String> beginnings) {
        return beginnings.stream().anyMatch(name::startsWith);
    }

    /** One of ours that nobody has set, and that has the same letters or nearly so. */
    private Optional<String> misspelt(String name) {
        List<String> missing = known.keySet().stream().filter(this::isMissing).toList();
        return missing.stream()
                .filter(close -> Spelling.letters(close).equals(Spelling.letters(name)))
                .findFirst()
                .or(() -> missing.stream()
                        .filter(close -> Spelling.isNear(name, close))
                        .min(Comparator.comparingInt(close -> Spelling.distance(close, name))));
    }

    private boolean isMissing(String close) {
        Variable<?> variable = known.get(close);
        return variable != null && !settings.isGiven(variable);
    }

    private Optional<String> closest(String name, int farthest) {
        return known.keySet().stream()
                .filter(close -> Math.abs(close.length() - name.length()) <= farthest)
                .filter(close -> Spelling.distance(close, name) <= farthest)
                .min(Comparator.comparingInt(close -> Spelling.distance(close, name)));
    }
}
