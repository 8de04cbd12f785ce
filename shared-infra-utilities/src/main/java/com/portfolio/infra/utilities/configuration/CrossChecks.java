package com.portfolio.infra.utilities.configuration;

import static com.portfolio.infra.utilities.configuration.Variables.CIRCUIT_BREAKER_MIN_CALLS;
import static com.portfolio.infra.utilities.configuration.Variables.CIRCUIT_BREAKER_WINDOW;
import static com.portfolio.infra.utilities.configuration.Variables.CLOUDFLARE_ACCOUNT_ID;
import static com.portfolio.infra.utilities.configuration.Variables.CLOUDFLARE_API_TOKEN;
import static com.portfolio.infra.utilities.configuration.Variables.CLOUDFLARE_API_URL;
import static com.portfolio.infra.utilities.configuration.Variables.CLOUDFLARE_KV_NAMESPACE_ID;
import static com.portfolio.infra.utilities.configuration.Variables.CLOUDFLARE_QUEUE_ID;
import static com.portfolio.infra.utilities.configuration.Variables.DATABASE_URL;
import static com.portfolio.infra.utilities.configuration.Variables.EVENT_STORE_PROVIDER;
import static com.portfolio.infra.utilities.configuration.Variables.KAFKA_BROKERS;
import static com.portfolio.infra.utilities.configuration.Variables.KAFKA_PASSWORD;
import static com.portfolio.infra.utilities.configuration.Variables.KAFKA_SECURITY_PROTOCOL;
import static com.portfolio.infra.utilities.configuration.Variables.KAFKA_USERNAME;
import static com.portfolio.infra.utilities.configuration.Variables.MESSAGE_BUS_PROVIDER;
import static com.portfolio.infra.utilities.configuration.Variables.PROJECTION_STORE_PROVIDER;
import static com.portfolio.infra.utilities.configuration.Variables.REDIS_TLS;
import static com.portfolio.infra.utilities.configuration.Variables.REDIS_URL;
import static com.portfolio.infra.utilities.configuration.Variables.RETRY_BASE_DELAY;
import static com.portfolio.infra.utilities.configuration.Variables.RETRY_MAX_DELAY;
import static com.portfolio.infra.utilities.configuration.Variables.SCHEMA_REGISTRY_PASSWORD;
import static com.portfolio.infra.utilities.configuration.Variables.SCHEMA_REGISTRY_PROVIDER;
import static com.portfolio.infra.utilities.configuration.Variables.SCHEMA_REGISTRY_TLS;
import static com.portfolio.infra.utilities.configuration.Variables.SCHEMA_REGISTRY_URL;
import static com.portfolio.infra.utilities.configuration.Variables.SCHEMA_REGISTRY_USERNAME;
import static com.portfolio.infra.utilities.configuration.Variables.SERVICE_NAME;

import com.portfolio.infra.utilities.secrets.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What variables owe to each other. Those that have a problem of their own are left out. */
final class CrossChecks {

    private static final String NEON = "neon";
    private static final String POSTGRES = "postgres";

    private final Settings settings;
    private final Problems problems;

    CrossChecks(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    void run() {
        databaseUsers();
        messageBus();
        projections();
        schemaRegistry();
        unusedWithoutProvider();
        kafkaUser();
        encryption();
        new DatabaseChecks(settings, problems).run();
        atMost(CIRCUIT_BREAKER_MIN_CALLS, CIRCUIT_BREAKER_WINDOW);
        atMost(RETRY_BASE_DELAY, RETRY_MAX_DELAY);
    }

    /** All who name the database of the service need its address, and agree on what it is. */
    private void databaseUsers() {
        Map<Variable<?>, String> users = new LinkedHashMap<>();
        for (Variable<? extends Enum<?>> provider :
                List.of(EVENT_STORE_PROVIDER, PROJECTION_STORE_PROVIDER, SCHEMA_REGISTRY_PROVIDER)) {
            settings.find(provider)
                    .map(Formats::word)
                    .filter(word -> word.equals(NEON) || word.equals(POSTGRES))
                    .ifPresent(word -> {
                        users.put(provider, word);
                        require(provider, word, DATABASE_URL);
                    });
        }
        if (new TreeSet<>(users.values()).size() > 1) {
            List<String> names = users.keySet().stream().map(Variable::name).toList();
            problems.add(String.join(" and ", names)
                    + " mean the same database, so that all of them must be neon or all of them postgres");
        }
    }

    private void messageBus() {
        settings.find(MESSAGE_BUS_PROVIDER).ifPresent(provider -> {
            String word = Formats.word(provider);
            switch (provider) {
                case KAFKA -> require(MESSAGE_BUS_PROVIDER, word, SERVICE_NAME, KAFKA_BROKERS);
                case REDIS -> require(MESSAGE_BUS_PROVIDER, word, SERVICE_NAME, REDIS_URL);
                case CLOUDFLARE ->
                    require(
                            MESSAGE_BUS_PROVIDER,
                            word,
                            SERVICE_NAME,
                            CLOUDFLARE_ACCOUNT_ID,
                            CLOUDFLARE_API_TOKEN,
                            CLOUDFLARE_QUEUE_ID);
                case MEMORY -> require(MESSAGE_BUS_PROVIDER, word, SERVICE_NAME);
                case NONE -> {}
            }
        });
    }

    private void projections() {
        settings.find(PROJECTION_STORE_PROVIDER)
                .filter(provider -> provider == ProjectionsConfig.Provider.CLOUDFLARE)
                .ifPresent(provider -> require(
                        PROJECTION_STORE_PROVIDER,
                        Formats.word(provider),
                        CLOUDFLARE_ACCOUNT_ID,
                        CLOUDFLARE_API_TOKEN,
                        CLOUDFLARE_KV_NAMESPACE_ID));
    }

    private void schemaRegistry() {
        settings.find(SCHEMA_REGISTRY_PROVIDER)
                .filter(provider -> provider == SchemaRegistryConfig.Provider.CONFLUENT)
                .ifPresent(provider -> require(SCHEMA_REGISTRY_PROVIDER, Formats.word(provider), SCHEMA_REGISTRY_URL));
        together(SCHEMA_REGISTRY_USERNAME, SCHEMA_REGISTRY_PASSWORD);
    }

    private void require(Variable<?> provider, String word, Variable<?>... needed) {
        for (Variable<?> variable : needed) {
            if (!settings.isGiven(variable)) {
                String orFile = variable.secret() ? " or " + variable.fileName() : "";
                problems.add(variable.name() + orFile + " is required with " + provider.name() + "=" + word);
            }
        }
    }

    /** Nothing that was set stays without effect because the choice between providers was forgotten. */
    private void unusedWithoutProvider() {
        if (!settings.isGiven(PROJECTION_STORE_PROVIDER) && !settings.isGiven(SCHEMA_REGISTRY_PROVIDER)) {
            chosen(EVENT_STORE_PROVIDER, DATABASE_URL);
        }
        chosen(MESSAGE_BUS_PROVIDER, KAFKA_BROKERS, REDIS_URL, CLOUDFLARE_QUEUE_ID);
        chosen(PROJECTION_STORE_PROVIDER, CLOUDFLARE_KV_NAMESPACE_ID);
        chosen(SCHEMA_REGISTRY_PROVIDER, SCHEMA_REGISTRY_URL);
    }

    private void chosen(Variable<?> provider, Variable<?>... ofProviders) {
        for (Variable<?> variable : ofProviders) {
            if (settings.isGiven(variable) && !settings.isGiven(provider)) {
                problems.add(settings.named(variable) + " is set, but " + provider.name() + " is not, and must be "
                        + provider.format().allowed());
            }
        }
    }

    private void kafkaUser() {
        together(KAFKA_USERNAME, KAFKA_PASSWORD);
        settings.given(KAFKA_SECURITY_PROTOCOL).ifPresent(protocol -> {
            boolean sasl = protocol == KafkaConfig.SecurityProtocol.SASL_PLAINTEXT
                    || protocol == KafkaConfig.SecurityProtocol.SASL_SSL;
            if (sasl && !settings.isGiven(KAFKA_USERNAME)) {
                problems.add("KAFKA_USERNAME is required with KAFKA_SECURITY_PROTOCOL=" + Formats.word(protocol));
            } else if (!sasl && settings.isGiven(KAFKA_USERNAME)) {
                problems.add(settings.named(KAFKA_SECURITY_PROTOCOL)
                        + " must be sasl-ssl or sasl-plaintext, as KAFKA_USERNAME is set");
            }
        });
    }

    private void together(Variable<?> one, Variable<?> other) {
        if (settings.isGiven(one) != settings.isGiven(other)) {
            Variable<?> missing = settings.isGiven(one) ? other : one;
            problems.add(missing.name() + " is required with " + (missing.equals(one) ? other : one).name());
        }
    }

    /** What leaves this machine is encrypted, unless the configuration says otherwise in so many words. */
    private void encryption() {
        settings.given(REDIS_URL)
                .map(Secret::reveal)
                .filter(url -> url.regionMatches(true, 0, "redis:", 0, 6) && !Loopback.isUrl(url))
                .ifPresent(url -> encrypted(REDIS_URL, "rediss://", REDIS_TLS));
        settings.given(SCHEMA_REGISTRY_URL)
                .filter(CrossChecks::isOpen)
                .ifPresent(url -> encrypted(SCHEMA_REGISTRY_URL, "https://", SCHEMA_REGISTRY_TLS));
        settings.given(CLOUDFLARE_API_URL)
                .filter(CrossChecks::isOpen)
                .ifPresent(url -> problems.add(
                        settings.named(CLOUDFLARE_API_URL) + " must begin with https:// unless it is this machine"));
    }

    private static boolean isOpen(URI url) {
        return "http".equalsIgnoreCase(url.getScheme()) && !Loopback.isHost(url.getHost());
    }

    private void encrypted(Variable<?> address, String beginning, Variable<Tls> tls) {
        if (settings.isSound(tls) && settings.get(tls) == Tls.VERIFY) {
            problems.add(settings.named(address) + " must begin with " + beginning
                    + " as it is another machine, unless " + tls.name() + " is off");
        }
    }

    private <T extends Comparable<T>> void atMost(Variable<T> less, Variable<T> more) {
        boolean sound = settings.isSound(less) && settings.isSound(more);
        if (sound && settings.get(less).compareTo(settings.get(more)) > 0) {
            problems.add(settings.named(less) + " must not be more than " + settings.named(more));
        }
    }
}
