package com.portfolio.infra.utilities.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.portfolio.infra.utilities.secrets.CurrentSecret;
import com.portfolio.infra.utilities.secrets.SecretManager;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Plants credentials wherever a value can stand, and looks for them wherever text comes out. */
class NoCredentialIsShownTest {

    private static final String PLANTED = "Pl4nted";

    @TempDir
    private Path root;

    private final Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            logged.add(line.getFormattedMessage() + line.getThrowableProxy());
        }
    };

    private final Level before = all.getLevel();

    @BeforeEach
    void listen() {
        appender.start();
        all.addAppender(appender);
        all.setLevel(Level.TRACE);
    }

    @AfterEach
    void stop() {
        all.setLevel(before);
        all.detachAppender(appender);
        assertThat(logged).noneMatch(line -> line.contains(PLANTED));
    }

    private static String everythingOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.append(failure.toString()).toString();
    }

    static Stream<Variable<?>> variables() {
        return Variables.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("variables")
    void noProblemShowsTheValueOfAnyVariable(Variable<?> variable) throws Exception {
        for (String value : List.of(
                "postgresql://u:" + PLANTED + "@h/d",
                "redis://" + PLANTED + "@h:1",
                PLANTED + " \0\n",
                "%zz{}|" + PLANTED)) {
            check(Map.of(variable.name(), value));
            check(Map.of(variable.fileName(), value));
            check(Map.of(variable.name(), value, variable.fileName(), value));
            check(Map.of(variable.name() + "S", value, variable.name().replace("_", ""), value));
        }
        Path file = Files.writeString(root.resolve("f"), variable.name() + "=" + PLANTED + "\nDB_X=" + PLANTED);
        check(Map.of("CONFIG_FILE", file.toString()));
    }

    private static void check(Map<String, String> environment) {
        for (boolean property : new boolean[] {false, true}) {
            try {
                InfrastructureConfig config =
                        Load.from(property ? Map.of() : environment, property ? environment : Map.of());
                assertThat(config).isNotNull();
            } catch (ConfigurationException e) {
                assertThat(everythingOf(e)).doesNotContain(PLANTED);
                assertThat(e.problems()).noneMatch(problem -> problem.contains(PLANTED));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noTextOfAConfigurationShowsASecret(boolean inFiles) throws Exception {
        Map<String, String> environment = new HashMap<>(Load.env(
                "EVENT_STORE_PROVIDER", "neon",
                "MESSAGE_BUS_PROVIDER", "kafka",
                "SERVICE_NAME", "shop",
                "KAFKA_BROKERS", "h:1",
                "KAFKA_USERNAME", "u",
                "SCHEMA_REGISTRY_PROVIDER", "confluent",
                "SCHEMA_REGISTRY_URL", "https://h",
                "SCHEMA_REGISTRY_USERNAME", "u"));
        Map<String, String> beginnings = Map.of("DATABASE_URL", "postgresql://u:", "REDIS_URL", "rediss://u:");
        for (Variable<?> variable : Variables.ALL) {
            if (variable.secret()) {
                String value = beginnings.getOrDefault(variable.name(), "") + PLANTED + "@h/d";
                if (inFiles) {
                    Path file = Files.writeString(root.resolve(variable.name()), value);
                    environment.put(variable.fileName(), file.toString());
                } else {
                    environment.put(variable.name(), value);
                }
            }
        }
        InfrastructureConfig config = Load.from(environment);

        assertThat(config.eventStore().database().orElseThrow().url().reveal()).contains(PLANTED);
        assertThat(config.toString()).contains("***").doesNotContain(PLANTED);
        assertThatThrownBy(() -> JsonDocuments.create().write(config))
                .hasMessageContaining("a Secret is never stored")
                .hasMessageNotContaining(PLANTED);
        assertThat(JsonMapper.builder()
                        .addModules(new Jdk8Module(), new JavaTimeModule())
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(config))
                .contains("***")
                .doesNotContain(PLANTED);
        LoggerFactory.getLogger("test").info("loaded {}", config);
        try (SecretManager secrets = config.secrets().open();
                CurrentSecret current = secrets.current("DATABASE_URL")) {
            assertThat(secrets + secrets.where() + current + secrets.find("DATABASE_URL") + Set.of(current.get()))
                    .doesNotContain(PLANTED);
            assertThat(current.get().reveal()).contains(PLANTED);
        }
    }

    @Test
    void whatWasFoundInASourcePrintsAsItsOrigin() {
        assertThat(new Sources.Found(PLANTED, "environment variable")).hasToString("environment variable");
    }
}
