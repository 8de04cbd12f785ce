package com.portfolio.infra.utilities.configuration;

import static com.portfolio.infra.utilities.configuration.Load.env;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownNamesTest {

    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({
        "DATABASE_ULR,DATABASE_URL",
        "DATABSE_URL,DATABASE_URL",
        "DATABASE_URI,DATABASE_URL",
        "DATABASE_URL_FLIE,DATABASE_URL_FILE",
        "KAFKA_BROKER,KAFKA_BROKERS",
        "database.url,DATABASE_URL",
        "database-url,DATABASE_URL",
        "DBPOOLSIZE,DB_POOL_SIZE",
        "DB_POOL_SIZES,DB_POOL_SIZE",
        "EVENTSTORE_PROVIDER,EVENT_STORE_PROVIDER",
        "HEALTH_INTERVALL,HEALTH_INTERVAL",
        "REDIS_TSL,REDIS_TLS",
        "CIRCUIT_BREAKER_WINDOW_SIZE,CIRCUIT_BREAKER_WINDOW",
    })
    void aMisspeltNameIsToldWithTheOneThatWasMeant(String name, String meant) {
        for (boolean property : new boolean[] {false, true}) {
            Map<String, String> set = env(name, "x");
            assertThat(Load.failing(property ? Map.of() : set, property ? set : Map.of())
                            .problems())
                    .containsExactly(name + (property ? " (system property)" : " (environment variable)")
                            + " is not known; did you mean " + meant + "? If not, name it in CONFIG_IGNORE.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "DB_HOST",
                "DB_USER",
                "DB_NAME",
                "REDIS_PORT",
                "REDIS_HOST",
                "KAFKA_OPTS",
                "KAFKA_HEAP_OPTS",
                "CLOUDFLARE_EMAIL",
                "HEALTH_CHECK_PATH",
                "HOSTNAME",
                "JAVA_TOOL_OPTIONS",
                "java.version",
                "user.dir",
                "REDIS_SERVICE_HOST",
                "KAFKA_PORT_9092_TCP_ADDR",
                "EVENT_STORE_SERVICE_PORT",
                "EVENT_STORE_PORT",
                "EVENT_STORE_PORT_5432_TCP",
                "SCHEMA_REGISTRY_PORT",
                "SCHEMA_REGISTRY_HOST_NAME",
                "PGPASSWORD",
                "REDIS_SSL",
                "REDIS_DB",
                "DATABASE_PORT",
                "DATABASE_TYPE"
            })
    void whatOthersSetIsNoProblem(String name) {
        assertThat(Load.from(env(name, "x"), env(name, "x"))).isNotNull();
    }

    @Test
    void aNameWithABeginningOfOursIsAProblemEvenIfNothingIsLikeIt() {
        assertThat(Load.problems("EVENT_STORE_COLOUR_OF_THE_SEA", "blue"))
                .containsExactly(
                        "EVENT_STORE_COLOUR_OF_THE_SEA (environment variable) is not known; if it is meant, name"
                                + " it in CONFIG_IGNORE.");
    }

    @Test
    void inAFileOfOursMoreBeginningsAreOurs() throws Exception {
        Path file = Files.writeString(root.resolve("f"), "DB_HOST=h\nshop.colour=blue\n");
        assertThat(Load.problems("CONFIG_FILE", file.toString()))
                .containsExactly(
                        "DB_HOST (file of CONFIG_FILE) is not known; if it is meant, name it in CONFIG_IGNORE.");
    }

    @Test
    void whatIsMeantCanBeNamedAndWhatIsSetRightlyIsNotMissed() {
        assertThat(Load.from(
                        env("CONFIG_IGNORE", "DB_POOL_SIZES, DATABASE_URI", "DB_POOL_SIZES", "x", "DATABASE_URI", "x")))
                .isNotNull();
        assertThat(Load.from(
                        env("DATABASE_URL", "postgres://u@h/d", "EVENT_STORE_PROVIDER", "none", "DATABASE_URI", "x")))
                .isNotNull();
    }

    @Test
    void onlySecretsComeFromFiles() {
        assertThat(Load.problems("HEALTH_INTERVAL_FILE", "/x"))
                .containsExactly("HEALTH_INTERVAL_FILE (environment variable) is not known: only secrets are read from"
                        + " files; set HEALTH_INTERVAL.");
    }

    @ParameterizedTest
    @CsvSource({
        "'','',0",
        "A,'',1",
        "ABC,ABC,0",
        "ABC,ACB,1",
        "ABC,ABD,1",
        "ABC,AC,1",
        "ABC,ABXC,1",
        "ABCD,BADC,2",
        "KITTEN,SITTING,3"
    })
    void distanceCountsLettersToChange(String one, String other, int distance) {
        assertThat(Spelling.distance(one, other)).isEqualTo(distance);
        assertThat(Spelling.distance(other, one)).isEqualTo(distance);
    }
}
