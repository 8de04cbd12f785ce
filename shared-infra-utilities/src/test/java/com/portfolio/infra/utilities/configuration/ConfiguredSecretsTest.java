package com.portfolio.infra.utilities.configuration;

import static com.portfolio.infra.utilities.configuration.Load.env;
import static com.portfolio.infra.utilities.configuration.Load.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.portfolio.infra.utilities.secrets.CurrentSecret;
import com.portfolio.infra.utilities.secrets.Secret;
import com.portfolio.infra.utilities.secrets.SecretManager;
import com.portfolio.infra.utilities.secrets.SecretNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in files, and how their rotation is heard of. */
class ConfiguredSecretsTest {

    private static final String URL = "postgres://app:hunter2@db/shop";

    @TempDir
    private Path root;

    private String write(String name, String content) throws Exception {
        return Files.writeString(root.resolve(name), content).toString();
    }

    @Test
    void aFileStandsInForEachSecret() throws Exception {
        String url = write("url", URL + "\n");
        String password = write("password", " hunter 2 hunter2 \r\n");
        DatabaseConfig database = Load.from(env(
                        "EVENT_STORE_PROVIDER",
                        "postgres",
                        "DATABASE_URL_FILE",
                        url,
                        "DATABASE_PASSWORD_FILE",
                        password))
                .eventStore()
                .database()
                .orElseThrow();

        assertThat(database.url().reveal()).isEqualTo(URL);
        assertThat(database.password()).map(Secret::reveal).contains(" hunter 2 hunter2 ");
    }

    @Test
    void aSecretAndItsFileAtOnceAreAProblemWhereverTheyAreSet() throws Exception {
        String password = write("password", "hunter2");
        assertThat(Load.failing(env("REDIS_PASSWORD_FILE", password), env("REDIS_PASSWORD", "hunter2"))
                        .problems())
                .containsExactly(
                        "REDIS_PASSWORD (system property) and REDIS_PASSWORD_FILE (environment variable) are both"
                                + " set; set one of them.");
        assertThat(Load.from(env("REDIS_PASSWORD_FILE", password, "REDIS_PASSWORD", "")))
                .isNotNull();
    }

    @Test
    void aFileThatIsNoneIsAProblem() throws Exception {
        assertThat(problems("REDIS_PASSWORD_FILE", root.resolve("absent").toString()))
                .containsExactly(
                        "REDIS_PASSWORD_FILE (environment variable) names a file that does not exist or is empty.");
        assertThat(problems("REDIS_PASSWORD_FILE", write("empty", " \n"))).hasSize(1);
        assertThat(problems("REDIS_PASSWORD_FILE", root.toString()))
                .containsExactly(
                        "REDIS_PASSWORD_FILE (environment variable) names a file that can't be read, because it is not a"
                                + " file.");
        assertThat(problems("EVENT_STORE_PROVIDER", "neon", "DATABASE_URL_FILE", write("url", "nonsense")))
                .containsExactly(
                        "DATABASE_URL (file of DATABASE_URL_FILE) must be a URL that begins with postgresql:// or"
                                + " postgres:// or jdbc:postgresql://.");
        assertThat(problems("EVENT_STORE_PROVIDER", "neon", "DATABASE_URL_FILE", "/does/not/exist"))
                .as("what is named is not told to be missing too")
                .containsExactly(
                        "DATABASE_URL_FILE (environment variable) names a file that does not exist or is empty.");
    }

    @Test
    void aDirectoryHoldsSecretsUnlessTheyAreSet() throws Exception {
        write("DATABASE_URL", URL);
        write("DATABASE_PASSWORD", "hunter2-mounted");
        write("vault-token", "hunter2-other");
        Map<String, String> environment = env(
                "EVENT_STORE_PROVIDER",
                "postgres",
                "SECRETS_DIRECTORY",
                root.toString(),
                "DATABASE_PASSWORD",
                "hunter2");
        InfrastructureConfig config = Load.from(environment);

        assertThat(config.eventStore().database().orElseThrow().url().reveal()).isEqualTo(URL);
        assertThat(config.eventStore().database().orElseThrow().password()).contains(Secret.of("hunter2"));
        assertThat(config.secrets().files()).containsOnlyKeys("DATABASE_URL");
        assertThat(config.secrets().values()).containsOnlyKeys("DATABASE_PASSWORD");
        try (SecretManager secrets = config.secrets().open()) {
            assertThat(secrets.get("DATABASE_URL").reveal()).isEqualTo(URL);
            assertThat(secrets.get("DATABASE_PASSWORD").reveal()).isEqualTo("hunter2");
            assertThat(secrets.get("vault-token").reveal()).isEqualTo("hunter2-other");
            assertThatThrownBy(() -> secrets.get("absent"))
                    .isInstanceOf(SecretNotFoundException.class)
                    .hasMessage("Secret 'absent' was not found in the configuration or the directory " + root + ".");
        }
        Files.delete(root.resolve("DATABASE_URL"));
        Files.createDirectory(root.resolve("DATABASE_URL"));
        assertThat(Load.failing(environment, Map.of()).problems())
                .containsExactly("DATABASE_URL (file in SECRETS_DIRECTORY) can't be read, because it is not a file.");
    }

    @Test
    void whatIsRotatedInItsFileIsHeardOf() throws Exception {
        String file = write("password", "hunter2-old\n");
        InfrastructureConfig config = Load.from(env("REDIS_PASSWORD_FILE", file, "SECRETS_POLL_INTERVAL", "10ms"));
        try (SecretManager secrets = config.secrets().open();
                CurrentSecret password = secrets.current("REDIS_PASSWORD")) {
            assertThat(password.get().reveal()).isEqualTo("hunter2-old");
            Files.move(Path.of(write("next", "hunter2-new\n")), Path.of(file), StandardCopyOption.ATOMIC_MOVE);

            await().until(() -> password.get().reveal().equals("hunter2-new"));
        }
    }
}
