package com.portfolio.infra.utilities.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.portfolio.infra.utilities.SetClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachingAndCompositeTest {

    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Duration NEVER = Duration.ofDays(1);

    private final SetClock clock = new SetClock();
    private final Vault vault = new Vault();
    private final PolledSecrets behind = (PolledSecrets) SecretManager.polling(vault, "the vault", NEVER);
    private final SecretManager cache = SecretManager.caching(behind, TTL, clock);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** A place that counts, fails and waits as it is told. */
    private static final class Vault implements SecretSource {

        private final AtomicInteger asked = new AtomicInteger();
        private volatile Optional<Secret> secret = Optional.of(Secret.of("hunter2-v1"));
        private volatile boolean failing;
        private volatile CountDownLatch gate = new CountDownLatch(0);

        void set(String value) {
            secret = Optional.of(Secret.of(value));
        }

        @Override
        public Optional<Secret> find(String name) throws Exception {
            asked.incrementAndGet();
            Optional<Secret> found = secret;
            boolean fails = failing;
            gate.await();
            if (fails) {
                throw new java.io.IOException("hush");
            }
            return found;
        }
    }

    @AfterEach
    void close() {
        vault.gate.countDown();
        cache.close();
        threads.shutdownNow();
    }

    @Test
    void aValueIsGivenOutForItsTimeWithoutAsking() {
        assertThat(cache.get("db").reveal()).isEqualTo("hunter2-v1");
        vault.set("hunter2-v2");
        clock.advance(TTL.minusMillis(1));
        assertThat(cache.get("db").reveal()).isEqualTo("hunter2-v1");
        assertThat(vault.asked).hasValue(1);

        clock.advance(Duration.ofMillis(1));
        assertThat(cache.get("db").reveal()).isEqualTo("hunter2-v2");
        assertThat(vault.asked).hasValue(2);
    }

    @Test
    void theOldValueIsGivenOnWhileFetchingFails() {
        cache.get("db");
        vault.failing = true;
        clock.advance(TTL);
        try (Lines lines = Lines.listen()) {
            assertThat(cache.get("db").reveal()).isEqualTo("hunter2-v1");
            assertThat(cache.get("db").reveal()).isEqualTo("hunter2-v1");
            assertThat(vault.asked).hasValue(2);
            clock.advance(TTL.dividedBy(10));
            assertThat(cache.get("db").reveal()).isEqualTo("hunter2-v1");
            assertThat(vault.asked).hasValue(3);
            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .contains("'db' keeps its last known value")
                    .doesNotContain("hush", "hunter2-v1");
        }
        vault.failing = false;
        vault.set("hunter2-v2");
        clock.advance(TTL.dividedBy(10));
        assertThat(cache.get("db").reveal()).isEqualTo("hunter2-v2");
    }

    @Test
    void aFailureWithoutAnOldValueIsTheCallers() {
        vault.failing = true;
        assertThatThrownBy(() -> cache.get("db")).isInstanceOf(SecretUnavailableException.class);
        vault.failing = false;
        assertThat(cache.get("db").reveal()).isEqualTo("hunter2-v1");
    }

    @Test
    void whatIsNotThereIsNotKept() {
        vault.secret = Optional.empty();
        assertThatThrownBy(() -> cache.get("db")).hasMessage("Secret 'db' was not found in the vault.");
        vault.set("hunter2-v1");
        assertThat(cache.get("db").reveal()).isEqualTo("hunter2-v1");
        vault.secret = Optional.empty();
        clock.advance(TTL);
        assertThat(cache.find("db")).isEmpty();
    }

    @Test
    void manyCallersAskOnce() throws Exception {
        vault.gate = new CountDownLatch(1);
        List<Future<Secret>> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            callers.add(threads.submit(() -> cache.get("db")));
        }
        await().until(() -> vault.asked.get() == 1);
        vault.gate.countDown();

        for (Future<Secret> caller : callers) {
            assertThat(caller.get(20, TimeUnit.SECONDS).reveal()).isEqualTo("hunter2-v1");
        }
        assertThat(vault.asked).hasValue(1);
    }

    @Test
    void whileOneFetchesAnewTheOthersHaveTheOldValue() throws Exception {
        cache.get("db");
        clock.advance(TTL);
        vault.set("hunter2-v2");
        vault.gate = new CountDownLatch(1);
        Future<Secret> fetching = threads.submit(() -> cache.get("db"));
        await().until(() -> vault.asked.get() == 2);

        assertThat(cache.get("db").reveal()).isEqualTo("hunter2-v1");
        vault.gate.countDown();
        assertThat(fetching.get(20, TimeUnit.SECONDS).reveal()).isEqualTo("hunter2-v2");
    }

    @Test
    void oneFailureIsToldToAllWhoWaitedForIt() throws Exception {
        vault.gate = new CountDownLatch(1);
        vault.failing = true;
        List<Future<Secret>> callers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            callers.add(threads.submit(() -> cache.get("db")));
        }
        await().until(() -> vault.asked.get() >= 1);
        vault.gate.countDown();

        for (Future<Secret> caller : callers) {
            assertThatThrownBy(() -> caller.get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SecretUnavailableException.class)
                    .satisfies(e -> assertThat(Throwables.text(e)).doesNotContain("hush"));
        }
    }

    @Test
    void aRotationBehindTheCacheReplacesWhatItKeeps() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (CurrentSecret current = cache.current("db")) {
            cache.onRotation("db", secret -> heard.add(secret.reveal()));
            vault.set("hunter2-v2");
            assertThat(cache.get("db").reveal()).isEqualTo("hunter2-v1");
            behind.poll();

            assertThat(cache.get("db").reveal()).isEqualTo("hunter2-v2");
            assertThat(current.get().reveal()).isEqualTo("hunter2-v2");
            assertThat(heard).containsExactly("hunter2-v2");
        }
    }

    @Test
    void whatIsFetchedAnewIsToldToThoseWhoListen() {
        try (CurrentSecret current = cache.current("db")) {
            vault.set("hunter2-v2");
            clock.advance(TTL);
            cache.get("db");

            assertThat(current.get().reveal()).isEqualTo("hunter2-v2");
        }
    }

    @Test
    void aSlowFetchDoesNotUndoARotationThatCameMeanwhile() throws Exception {
        try (CurrentSecret current = cache.current("db")) {
            clock.advance(TTL);
            CountDownLatch slow = new CountDownLatch(1);
            vault.gate = slow;
            int before = vault.asked.get();
            Future<Secret> fetching = threads.submit(() -> cache.get("db"));
            await().until(() -> vault.asked.get() > before);
            vault.gate = new CountDownLatch(0);
            vault.set("hunter2-v2");
            behind.poll();
            slow.countDown();

            assertThat(fetching.get(20, TimeUnit.SECONDS).reveal()).isEqualTo("hunter2-v2");
            assertThat(cache.get("db").reveal()).isEqualTo("hunter2-v2");
            assertThat(current.get().reveal()).isEqualTo("hunter2-v2");
        }
    }

    @Test
    void anAbsentSecretCanBeListenedTo() {
        vault.secret = Optional.empty();
        List<String> heard = new CopyOnWriteArrayList<>();
        cache.onRotation("db", secret -> heard.add(secret.reveal()));
        assertThat(heard).isEmpty();
        vault.set("hunter2-v1");
        behind.poll();
        assertThat(heard).containsExactly("hunter2-v1");
    }

    @Test
    void closingTheCacheClosesWhatIsBehindIt() {
        cache.get("db");
        cache.close();
        assertThatThrownBy(() -> cache.get("db")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> behind.get("db")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SecretManager.caching(behind, Duration.ZERO, clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFirstThatHasASecretGivesIt() {
        InMemorySecrets first = new InMemorySecrets();
        InMemorySecrets second = new InMemorySecrets(Map.of("db", Secret.of("hunter2-second")));
        List<String> heard = new CopyOnWriteArrayList<>();
        try (SecretManager both = SecretManager.firstOf(first, second);
                CurrentSecret current = both.current("db")) {
            both.onRotation("db", secret -> heard.add(secret.reveal()));
            assertThat(current.get().reveal()).isEqualTo("hunter2-second");

            first.put("db", Secret.of("hunter2-first"));
            second.put("db", Secret.of("hunter2-hidden"));
            assertThat(both.get("db").reveal()).isEqualTo("hunter2-first");
            first.remove("db");
            second.put("db", Secret.of("hunter2-shown"));

            assertThat(current.get().reveal()).isEqualTo("hunter2-shown");
            assertThat(heard).containsExactly("hunter2-first", "hunter2-shown");
        }
        assertThatThrownBy(() -> first.get("db")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> second.get("db")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anErrorNamesAllPlacesAndOneThatFailsIsNotPassedOver() {
        InMemorySecrets last = new InMemorySecrets(Map.of("db", Secret.of("hunter2-wrong one")));
        SecretManager failing = SecretManager.polling(vault, "the vault", NEVER);
        vault.failing = true;
        try (SecretManager all = SecretManager.firstOf(SecretManager.environment(Map.of()), failing, last)) {
            assertThatThrownBy(() -> all.get("db")).isInstanceOf(SecretUnavailableException.class);
            vault.failing = false;
            vault.secret = Optional.empty();
            assertThatThrownBy(() -> all.get("absent"))
                    .hasMessage("Secret 'absent' was not found in the environment or the vault or memory.");
        }
        assertThatThrownBy(SecretManager::firstOf).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closingClosesAllWhateverOneOfThemDoes() {
        InMemorySecrets last = new InMemorySecrets();
        SecretManager failing = new SecretManager() {
            @Override
            public Optional<Secret> find(String name) {
                return Optional.empty();
            }

            @Override
            public Registration onRotation(String name, java.util.function.Consumer<? super Secret> listener) {
                return () -> {};
            }

            @Override
            public String where() {
                return "nowhere";
            }

            @Override
            public void close() {
                throw new IllegalArgumentException("hush");
            }
        };
        SecretManager all = SecretManager.firstOf(failing, last);

        assertThatThrownBy(all::close)
                .isInstanceOf(IllegalStateException.class)
                .satisfies(e -> assertThat(Throwables.text(e)).doesNotContain("hush"));
        assertThatThrownBy(() -> last.get("db")).isInstanceOf(IllegalStateException.class);
    }
}
