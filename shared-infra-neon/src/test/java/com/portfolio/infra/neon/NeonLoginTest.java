package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.portfolio.infra.utilities.connection.ConnectionManager;
import com.portfolio.infra.utilities.connection.ConnectionPool;
import com.portfolio.infra.utilities.connection.PoolFigures;
import com.portfolio.infra.utilities.secrets.CurrentSecret;
import com.portfolio.infra.utilities.secrets.InMemorySecrets;
import com.portfolio.infra.utilities.secrets.Secret;
import com.portfolio.infra.utilities.secrets.SecretManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who connects, and which pool a database has. */
class NeonLoginTest {

    private final InMemorySecrets secrets = new InMemorySecrets();

    @AfterEach
    void close() {
        secrets.close();
    }

    private CurrentSecret secret(String name, String value) {
        secrets.put(name, Secret.of(value));
        return secrets.current(name);
    }

    private static String credentials(NeonLogin login) {
        NeonUrl url = login.newest();
        return url.user() + "/" + url.password().orElse("-") + "@" + url.host();
    }

    @Test
    void theNewestPasswordTakesThePlaceOfTheUrls() {
        CurrentSecret password = secret("password", "hunter2-one");
        NeonLogin login = NeonLogin.of(NeonUrl.parse("postgres://app:hunter2-old@h/d"), password);
        assertThat(credentials(login)).isEqualTo("app/hunter2-one@h");
        assertThat(login.rotates()).isTrue();

        secrets.put("password", Secret.of("hunter2-two"));
        assertThat(credentials(login)).isEqualTo("app/hunter2-two@h");
    }

    @Test
    void aUrlThatStaysRotatesNothing() {
        NeonLogin login = NeonLogin.of(NeonUrl.parse("postgres://app:hunter2-old@h/d"), null);

        assertThat(credentials(login)).isEqualTo("app/hunter2-old@h");
        assertThat(login.rotates()).isFalse();
        login.lookAgain();
        login.onChange(() -> {}).close();
    }

    @Test
    void userAndPasswordOfTheNewestUrlAreUsed() {
        NeonLogin login = NeonLogin.of(secret("url", "postgres://app:hunter2-one@h/d?connect_timeout=5"), null);
        secrets.put("url", Secret.of("postgres://app_b:hunter2-two@h/d"));

        assertThat(credentials(login)).isEqualTo("app_b/hunter2-two@h");
        assertThat(login.newest().parameters()).containsEntry("connectTimeout", "5");
        NeonLogin withPassword =
                NeonLogin.of(secret("url", "postgres://app:hunter2-x@h/d"), secret("password", "hunter2-own"));
        assertThat(credentials(withPassword)).isEqualTo("app/hunter2-own@h");
    }

    @Test
    void anotherDatabaseInTheNewestUrlIsLoggedOnceAndTakesARestart() {
        try (LoggedLines lines = LoggedLines.of(NeonLogin.class.getName())) {
            NeonLogin login = NeonLogin.of(secret("url", "postgres://app:hunter2-one@h/d"), null);
            secrets.put("url", Secret.of("postgres://app:hunter2-two@elsewhere/d"));

            assertThat(credentials(login)).isEqualTo("app/hunter2-two@h");
            assertThat(credentials(login)).isEqualTo("app/hunter2-two@h");
            assertThat(lines.all())
                    .containsExactly("WARN The rotated URL names another database than postgresql://app:***@h:5432/d:"
                            + " user and password of it are used, the rest takes a restart.");
        }
    }

    @Test
    void aNewestUrlThatCannotBeReadLeavesTheOneBeforeInUse() {
        try (LoggedLines lines = LoggedLines.of(NeonLogin.class.getName())) {
            NeonLogin login = NeonLogin.of(secret("url", "postgres://app:hunter2-one@h/d"), null);
            secrets.put("url", Secret.of("hunter2"));
            assertThat(credentials(login)).isEqualTo("app/hunter2-one@h");
            assertThat(lines.all())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("ERROR The rotated URL can't be read, the one before it stays in use. The")
                            .doesNotContain("hunter2"));

            secrets.put("url", Secret.of("postgres://app:hunter2-three@h/d"));
            assertThat(credentials(login)).isEqualTo("app/hunter2-three@h");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NeonDatabase.builder(secret("url", "hunter2")).open())
                .withMessageNotContaining("hunter2");
    }

    @Test
    void changesOfBothAreToldUntilNobodyListens() {
        NeonLogin login =
                NeonLogin.of(secret("url", "postgres://app:hunter2-one@h/d"), secret("password", "hunter2-one"));
        AtomicInteger told = new AtomicInteger();
        SecretManager.Registration registration = login.onChange(told::incrementAndGet);
        secrets.put("url", Secret.of("postgres://app:hunter2-two@h/d"));
        secrets.put("password", Secret.of("hunter2-two"));
        assertThat(told).hasValue(2);
        registration.close();
        secrets.put("password", Secret.of("hunter2-three"));
        assertThat(told).hasValue(2);
    }

    @Test
    void nobodyListensWhereOneOfBothCannotBeListenedTo() {
        CurrentSecret closed = secret("password", "hunter2-one");
        closed.close();
        NeonLogin login = NeonLogin.of(secret("url", "postgres://app:hunter2-one@h/d"), closed);
        AtomicInteger told = new AtomicInteger();

        assertThatIllegalStateException().isThrownBy(() -> login.onChange(told::incrementAndGet));
        secrets.put("url", Secret.of("postgres://app:hunter2-two@h/d"));
        assertThat(told).hasValue(0);
    }

    @Test
    void aRegistrationThatCannotBeEndedLeavesTheOthersToBeEnded() {
        List<String> ended = new ArrayList<>();
        List<SecretManager.Registration> registrations = List.of(failing("a", ended), failing("b", ended));

        assertThat(NeonLogin.closeAll(registrations)).hasValueSatisfying(e -> {
            assertThat(e).hasMessage("a");
            assertThat(e.getSuppressed()).extracting(Throwable::getMessage).containsExactly("b");
        });
        assertThat(ended).containsExactly("a", "b");
    }

    private static SecretManager.Registration failing(String name, List<String> ended) {
        return () -> {
            ended.add(name);
            throw new IllegalStateException(name);
        };
    }

    @Test
    void aBuilderOpensAnotherDatabaseBesideTheFirst() {
        NeonDatabaseBuilder builder = NeonDatabase.builder(NeonUrl.parse("postgres://app@127.0.0.1:1/shop"));
        try (NeonDatabase first = builder.open();
                NeonDatabase second = builder.open()) {
            assertThat(first.pool()).isPresent();
            assertThat(second).isNotSameAs(first);
        }
    }

    @Test
    void thePoolIsOneOfTheManagersAndGoesWithTheDatabase() {
        NeonUrl nobody = NeonUrl.parse("postgres://app@127.0.0.1:1/shop");
        try (ConnectionManager connections = new ConnectionManager()) {
            try (NeonDatabase database =
                    NeonDatabase.builder(nobody).connections(connections).open()) {
                assertThat(connections.pools()).extracting(ConnectionPool::name).containsExactly("neon-shop");
                assertThat(connections.pools().get(0).settings().leakThreshold())
                        .as("the stores give back what they take")
                        .hasValue(Duration.ZERO);
                assertThat(database.pool().map(PoolFigures::max)).contains(10);
                assertThatIllegalStateException()
                        .isThrownBy(() -> NeonDatabase.builder(nobody)
                                .connections(connections)
                                .open())
                        .withMessageContaining("'neon-shop'");
                NeonDatabase.builder(nobody)
                        .connections(connections)
                        .name("second")
                        .open();
            }
            assertThat(connections.figures()).containsOnlyKeys("second");
        }
    }
}
