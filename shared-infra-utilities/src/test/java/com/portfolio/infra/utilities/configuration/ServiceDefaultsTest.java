package com.portfolio.infra.utilities.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service says where nobody else does. */
class ServiceDefaultsTest {

    private static final Map<String, String> DEFAULTS =
            Map.of("SERVICE_NAME", "accounts", "HEALTH_RETRIES", "7", "EVENT_STORE_PROVIDER", "memory");

    private static InfrastructureConfig load(Map<String, String> environment) {
        return ConfigurationManager.builder()
                .environment(environment)
                .systemProperties(Map.of())
                .defaults(DEFAULTS)
                .load();
    }

    @Test
    void aDefaultCountsWhereNobodySaysOtherwise() {
        InfrastructureConfig config = load(Map.of("SERVICE_NAME", " "));
        assertThat(config.serviceName()).contains("accounts");
        assertThat(config.health().retries()).isEqualTo(7);
        assertThat(config.projections().provider()).isEqualTo(ProjectionsConfig.Provider.MEMORY);
    }

    @Test
    void everyOtherPlaceCountsBefore(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.properties"), "HEALTH_RETRIES=8\nSERVICE_NAME=shop\n");
        InfrastructureConfig config = load(Map.of("SERVICE_NAME", "mail", "CONFIG_FILE", file.toString()));
        assertThat(config.serviceName()).contains("mail");
        assertThat(config.health().retries()).isEqualTo(8);
    }

    @Test
    void aDefaultThatIsNotAllowedIsAProblemOfTheService() {
        assertThatThrownBy(() -> ConfigurationManager.builder()
                        .environment(Map.of())
                        .systemProperties(Map.of())
                        .defaults(Map.of("HEALTH_RETRIES", "many"))
                        .load())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("HEALTH_RETRIES (default of the service) must be");
    }

    @Test
    void neitherASecretNorWhatIsNoVariableCanBeADefault() {
        for (String name : new String[] {"DATABASE_PASSWORD", "DATABASE_PASSWORD_FILE", "HEALTH_RETRY"}) {
            assertThatThrownBy(() -> ConfigurationManager.builder().defaults(Map.of(name, "x")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void anotherServiceHasTheSameInfrastructure() {
        InfrastructureConfig config = load(Map.of());
        InfrastructureConfig other = config.withServiceName("mail");
        assertThat(other.serviceName()).contains("mail");
        assertThat(other.withServiceName("accounts")).isEqualTo(config);
    }
}
