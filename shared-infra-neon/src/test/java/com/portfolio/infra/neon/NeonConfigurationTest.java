package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.utilities.bootstrap.BootstrapException;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.connection.PoolSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the configuration says, and what it leaves to the settings. */
class NeonConfigurationTest {

    private static final String URL = "postgresql://app:hunter2@db.example.org/shop";

    private static NeonSettings settings(String provider) {
        return NeonConfiguration.settings(Configured.by("EVENT_STORE_PROVIDER", provider, "DATABASE_URL", URL));
    }

    @Test
    void theDefaultsOfVariablesAreThoseOfTheSettings() {
        assertThat(settings("postgres")).isEqualTo(NeonSettings.alwaysOn());
        assertThat(settings("neon")).isEqualTo(NeonSettings.scaleToZero());
    }

    @Test
    void aPresetCanBeChosenApartFromTheProvider() {
        assertThat(NeonConfiguration.settings(Configured.by(
                        "EVENT_STORE_PROVIDER", "postgres", "DATABASE_URL", URL, "DB_PRESET", "scale-to-zero")))
                .isEqualTo(NeonSettings.scaleToZero());
        assertThat(NeonConfiguration.settings(
                        Configured.by("EVENT_STORE_PROVIDER", "neon", "DATABASE_URL", URL, "DB_PRESET", "always-on")))
                .isEqualTo(NeonSettings.alwaysOn());
    }

    @Test
    void everyVariableArrives() {
        NeonSettings settings = NeonConfiguration.settings(Configured.by(
                "EVENT_STORE_PROVIDER", "postgres",
                "DATABASE_URL", URL,
                "DATABASE_SCHEMA", "other",
                "DATABASE_TLS", "as-written",
                "DB_PREPARED_STATEMENTS", "off",
                "DB_POOL_SIZE", "11",
                "DB_POOL_MIN_IDLE", "3",
                "DB_POOL_ACQUIRE_TIMEOUT", "12s",
                "DB_POOL_IDLE_TIMEOUT", "13m",
                "DB_POOL_KEEP_ALIVE", "14m",
                "DB_POOL_MAX_LIFETIME", "15m",
                "DB_CONNECT_TIMEOUT", "16s",
                "DB_STATEMENT_TIMEOUT", "17s",
                "DB_SOCKET_TIMEOUT", "18s",
                "DB_IN_DOUBT_TIMEOUT", "19s",
                "DB_IDLE_TRANSACTION_TIMEOUT", "21s",
                "EVENT_LOG_POLL_INTERVAL", "22ms",
                "EVENT_LOG_MAX_POLL_INTERVAL", "23s",
                "EVENT_LOG_FILTER_WINDOW", "24",
                "DB_POOL_LEAK_THRESHOLD", "25s"));
        assertThat(settings)
                .isEqualTo(new NeonSettings(
                        "other",
                        new PoolSettings(
                                11,
                                3,
                                Duration.ofMinutes(13),
                                Duration.ofMinutes(14),
                                Duration.ofMinutes(15),
                                Duration.ofSeconds(12),
                                Optional.of(Duration.ofSeconds(25))),
                        Duration.ofSeconds(16),
                        Duration.ofSeconds(17),
                        Duration.ofSeconds(18),
                        Duration.ofSeconds(19),
                        Duration.ofSeconds(21),
                        Duration.ofMillis(22),
                        Duration.ofSeconds(23),
                        24,
                        NeonSettings.TlsPolicy.AS_WRITTEN,
                        NeonSettings.PreparedStatements.OFF));
    }

    @Test
    void aPasswordOfItsOwnTakesThePlaceOfTheUrls() {
        InfrastructureConfig config = Configured.by(
                "EVENT_STORE_PROVIDER", "postgres", "DATABASE_URL", URL, "DATABASE_PASSWORD", "hunter2-other");
        assertThat(NeonConfiguration.url(config).password()).contains("hunter2-other");
    }

    @Test
    void aDatabaseOfProjectionsAloneIsFound() {
        InfrastructureConfig config = Configured.by("PROJECTION_STORE_PROVIDER", "postgres", "DATABASE_URL", URL);
        assertThat(NeonConfiguration.url(config).host()).isEqualTo("db.example.org");
        assertThat(NeonConfiguration.settings(config)).isEqualTo(NeonSettings.alwaysOn());
    }

    @Test
    void whatCanNotBeUsedIsToldByVariableAndWithoutThePassword() {
        InfrastructureConfig config = Configured.by(
                "EVENT_STORE_PROVIDER",
                "postgres",
                "DATABASE_URL",
                "postgresql://app:hunter2@localhost/shop?nonsense=1");
        assertThatThrownBy(() -> NeonConfiguration.url(config))
                .isInstanceOf(BootstrapException.class)
                .hasMessageStartingWith("DATABASE_URL can't be used. ")
                .hasMessageContaining("nonsense")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> NeonConfiguration.settings(Configured.by()))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("names no database");
        assertThatThrownBy(() -> NeonConfiguration.settings(Configured.by(
                        "EVENT_STORE_PROVIDER", "postgres", "DATABASE_URL", URL, "DATABASE_SCHEMA", "order")))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("schema");
    }

    @Test
    void anotherMachineIsVerifiedUnlessTheConfigurationSaysOtherwiseInSoManyWords() {
        assertThat(sslmode(URL)).isEqualTo("verify-full");
        assertThat(sslmode(URL + "?sslmode=require")).isEqualTo("verify-full");
        assertThat(sslmode(URL + "?sslmode=prefer")).isEqualTo("verify-full");
        assertThat(sslmode(URL + "?sslmode=verify-ca")).isEqualTo("verify-ca");
        assertThat(sslmode(URL + "?sslmode=disable")).isEqualTo("disable");
        assertThat(sslmode(URL + "?sslmode=require", "DATABASE_TLS", "as-written"))
                .isEqualTo("require");
        assertThat(sslmode("postgresql://app@localhost/shop")).isNull();
    }

    private static String sslmode(String url, String... more) {
        InfrastructureConfig config = Configured.postgres(url, more);
        Map<Object, Object> properties =
                DriverProperties.of(NeonConfiguration.url(config), NeonConfiguration.settings(config));
        return (String) properties.get("sslmode");
    }
}
