package com.portfolio.infra.utilities.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who listens, and what they are told. */
class RotationTest {

    private final InMemorySecrets secrets = new InMemorySecrets();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        secrets.close();
    }

    private void put(String value) {
        secrets.put("db", Secret.of(value));
    }

    @Test
    void listenersHearOfChangesOnlyAndUntilTheyEnd() {
        put("1");
        SecretManager.Registration registration = secrets.onRotation("db", secret -> heard.add(secret.reveal()));
        put("1");
        put("2");
        put("2");
        secrets.put("other", Secret.of("hunter2-x"));
        put("1");
        registration.close();
        registration.close();
        put("3");

        assertThat(heard).containsExactly("2", "1");
    }

    @Test
    void aSecretThatAppearsIsAChangeAndOneThatGoesIsNone() {
        secrets.onRotation("db", secret -> heard.add(secret.reveal()));
        put("1");
        secrets.remove("db");
        assertThat(secrets.find("db")).isEmpty();
        put("1");
        put("2");

        assertThat(heard).containsExactly("1", "2");
    }

    @Test
    void aListenerThatThrowsHurtsNobodyAndItsMessageIsNotLogged() {
        put("hunter2-old");
        try (Lines lines = Lines.listen()) {
            secrets.onRotation("db", secret -> {
                throw new AssertionError("can't use " + secret.reveal());
            });
            secrets.onRotation("db", secret -> heard.add(secret.reveal()));
            put("hush-1");
            put("hush-2");

            assertThat(heard).containsExactly("hush-1", "hush-2");
            assertThat(lines.all())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .contains("'db'", "AssertionError", "RotationTest")
                            .doesNotContain("hush"));
        }
    }

    @Test
    void aListenerMayDoAnythingWithTheManager() {
        put("1");
        AtomicReference<SecretManager.Registration> own = new AtomicReference<>();
        own.set(secrets.onRotation("db", secret -> {
            heard.add(secret.reveal());
            if (secret.reveal().equals("2")) {
                put("3");
                secrets.onRotation("db", other -> heard.add("second " + other.reveal()));
                secrets.onRotation("other", other -> heard.add("other"));
            } else {
                own.get().close();
                secrets.close();
            }
        }));
        put("2");

        assertThat(heard).containsExactly("2", "3");
    }

    @Test
    void listenersAreCalledOutsideOfLocks() throws Exception {
        put("1");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            secrets.onRotation("db", secret -> {
                try {
                    other.submit(() -> {
                                secrets.onRotation("db", any -> {}).close();
                                secrets.put("more", secret);
                                return secrets.get("db");
                            })
                            .get(20, TimeUnit.SECONDS);
                    heard.add("free");
                } catch (Exception e) {
                    heard.add(e.toString());
                }
            });
            put("2");
            assertThat(heard).containsExactly("free");
        } finally {
            other.shutdownNow();
        }
    }

    @RepeatedTest(20)
    void whatIsToldLastIsWhatIsThereHoweverManyRotate() throws Exception {
        put("start");
        AtomicInteger inside = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (CurrentSecret current = secrets.current("db")) {
            secrets.onRotation("db", secret -> {
                assertThat(inside.incrementAndGet()).isOne();
                heard.add(secret.reveal());
                inside.decrementAndGet();
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int id = writer;
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < 500; i++) {
                        put(id + "-" + i);
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get(20, TimeUnit.SECONDS);
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

            String last = secrets.get("db").reveal();
            assertThat(current.get().reveal()).isEqualTo(last);
            assertThat(heard).isNotEmpty().last().isEqualTo(last);
        } finally {
            threads.shutdownNow();
        }
    }

    @RepeatedTest(50)
    void aCurrentSecretMissesNoRotationWhileItIsMade() throws Exception {
        put("hunter2-old");
        ExecutorService threads = Executors.newFixedThreadPool(3);
        CountDownLatch go = new CountDownLatch(1);
        try {
            Future<CurrentSecret> one = threads.submit(() -> {
                go.await();
                return secrets.current("db");
            });
            Future<CurrentSecret> two = threads.submit(() -> {
                go.await();
                return secrets.current("db");
            });
            Future<?> rotation = threads.submit(() -> {
                go.await();
                put("hunter2-new");
                return null;
            });
            go.countDown();
            rotation.get(20, TimeUnit.SECONDS);
            threads.shutdown();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

            assertThat(one.get().get().reveal()).isEqualTo("hunter2-new");
            assertThat(two.get().get().reveal()).isEqualTo("hunter2-new");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aRotationDuringTheFirstReadingIsNewerThanWhatItReads() {
        AtomicInteger readings = new AtomicInteger();
        AtomicReference<PolledSecrets> self = new AtomicReference<>();
        SecretSource source = name -> {
            int reading = readings.incrementAndGet();
            if (reading == 2) {
                self.get().poll();
            }
            return Optional.of(Secret.of(reading == 3 ? "hunter2-new" : "hunter2-old"));
        };
        try (PolledSecrets vault = (PolledSecrets) SecretManager.polling(source, "the vault", Duration.ofDays(1))) {
            self.set(vault);
            assertThat(vault.current("db").get().reveal()).isEqualTo("hunter2-new");
            assertThat(readings).hasValue(3);
        }
    }

    @Test
    void nobodyLooksWhereNobodyListens() {
        SecretSource source = name -> Optional.of(Secret.of("hunter2"));
        try (PolledSecrets vault = (PolledSecrets) SecretManager.polling(source, "the vault", Duration.ofMillis(1))) {
            assertThat(vault.isPolling()).isFalse();
            SecretManager.Registration one = vault.onRotation("a", any -> {});
            SecretManager.Registration two = vault.onRotation("b", any -> {});
            one.close();
            one.close();
            assertThat(vault.isPolling()).isTrue();
            two.close();
            assertThat(vault.isPolling()).isFalse();

            try (CurrentSecret again = vault.current("a")) {
                assertThat(again.get().reveal()).isEqualTo("hunter2");
                assertThat(vault.isPolling()).isTrue();
            }
            assertThat(vault.isPolling()).isFalse();
        }
    }

    /** The last listener may end before the manager or by it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingEndsALookThatHangs(boolean listenerEndsFirst) throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        SecretSource source = name -> {
            if (Thread.currentThread().getName().equals("secrets-poll")) {
                hanging.countDown();
                try {
                    new CountDownLatch(1).await();
                } finally {
                    ended.countDown();
                }
            }
            return Optional.of(Secret.of("hunter2"));
        };
        try (SecretManager vault = SecretManager.polling(source, "the vault", Duration.ofDays(1))) {
            CurrentSecret password = vault.current("db");
            password.lookAgain();
            assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
            if (listenerEndsFirst) {
                password.close();
            }
        }
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aLookThatHangsHoldsUpNobodyWhoListensAnewAndIsEndedByClosing() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch lookedAnew = new CountDownLatch(1);
        SecretSource source = name -> {
            if (Thread.currentThread().getName().equals("secrets-poll")) {
                if (hanging.getCount() == 0) {
                    lookedAnew.countDown();
                } else {
                    hanging.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        ended.countDown();
                    }
                }
            }
            return Optional.of(Secret.of("hunter2"));
        };
        try (SecretManager vault = SecretManager.polling(source, "the vault", Duration.ofDays(1))) {
            try (CurrentSecret password = vault.current("db")) {
                password.lookAgain();
                assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
                password.lookAgain();
            }
            try (CurrentSecret password = vault.current("db")) {
                password.lookAgain();
                assertThat(lookedAnew.await(20, TimeUnit.SECONDS)).isTrue();
                assertThat(ended.getCount())
                        .as("what goes on is not interrupted")
                        .isOne();
            }
        }
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Nothing that a listener throws, not even what can't be logged, ends the looking. */
    @Test
    void aListenerWhoseFailureCantBeLoggedEndsNoLooking() throws Exception {
        AtomicInteger readings = new AtomicInteger();
        CountDownLatch toldAgain = new CountDownLatch(3);
        SecretSource source = name -> Optional.of(Secret.of("hunter2-" + readings.incrementAndGet()));
        try (SecretManager vault = SecretManager.polling(source, "the vault", Duration.ofMillis(1))) {
            vault.onRotation("db", secret -> {
                throw new IllegalStateException() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public StackTraceElement[] getStackTrace() {
                        throw new IllegalStateException("from nowhere");
                    }
                };
            });
            vault.onRotation("db", secret -> toldAgain.countDown());

            assertThat(toldAgain.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whoListensAnewWithinAListenerIsNotInterruptedInTheRestOfIt() throws Exception {
        AtomicReference<String> value = new AtomicReference<>("hunter2-old");
        AtomicReference<SecretManager.Registration> own = new AtomicReference<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        SecretSource source = name -> Optional.of(Secret.of(value.get()));
        try (SecretManager vault = SecretManager.polling(source, "the vault", Duration.ofMillis(1))) {
            own.set(vault.onRotation("db", secret -> {
                own.get().close();
                vault.onRotation("db", another -> {});
                interrupted.complete(Thread.currentThread().isInterrupted());
            }));
            value.set("hunter2-new");

            assertThat(interrupted.get(20, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void aCurrentSecretHasTheNewValueBeforeItTellsOfIt() {
        put("hunter2-old");
        try (CurrentSecret current = secrets.current("db")) {
            assertThat(current.name()).isEqualTo("db");
            current.onChange(secret -> heard.add(current.get().reveal() + secret.reveal()));
            put("hunter2-new");
            assertThat(heard).containsExactly("hunter2-newhunter2-new");
        }
        put("hunter2-newest");
        assertThat(heard).hasSize(1);
    }

    @Test
    void aCurrentSecretOutlivesItsManagerButIsNotMadeOfAClosedOne() {
        put("hunter2");
        CurrentSecret current = secrets.current("db");
        secrets.close();
        secrets.close();

        assertThat(current.get().reveal()).isEqualTo("hunter2");
        assertThatThrownBy(() -> secrets.current("db")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> secrets.get("db"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Secret 'db' can't be read from memory: it is closed.");
        assertThatThrownBy(() -> secrets.onRotation("db", any -> {})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCurrentSecretOfNothingIsRefusedAndLeavesNoListenerBehind() {
        assertThatThrownBy(() -> secrets.current("db")).isInstanceOf(SecretNotFoundException.class);
        put("1");
        put("2");
        assertThat(secrets.current("db").get().reveal()).isEqualTo("2");
    }

    @Test
    void aSourceThatFailsIsNamedWithoutWhatItSaid() {
        SecretSource source = name -> {
            throw new java.io.IOException("token hush is wrong");
        };
        try (Lines lines = Lines.listen();
                PolledSecrets vault = (PolledSecrets) SecretManager.polling(source, "the vault", Duration.ofDays(1))) {
            assertThatThrownBy(() -> vault.find("db"))
                    .isInstanceOf(SecretUnavailableException.class)
                    .hasMessage("Secret 'db' could not be read from the vault, because of a java.io.IOException.")
                    .hasStackTraceContaining("RotationTest")
                    .satisfies(e -> assertThat(Throwables.text(e)).doesNotContain("hush"));
            vault.onRotation("db", any -> {});
            vault.poll();
            assertThat(lines.all())
                    .containsExactly("Secret 'db' keeps its last known value, because of a java.io.IOException.");
        }
    }

    @Test
    void anInterruptedSourceLeavesTheThreadInterrupted() {
        SecretSource source = name -> {
            throw new InterruptedException();
        };
        try (SecretManager vault = SecretManager.polling(source, "the vault", Duration.ofDays(1))) {
            assertThatThrownBy(() -> vault.find("db")).isInstanceOf(SecretUnavailableException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void nobodyIsAskedForWhatNobodyListensTo() {
        AtomicInteger asked = new AtomicInteger();
        SecretSource source = name -> {
            asked.incrementAndGet();
            return Optional.of(Secret.of("hunter2-x"));
        };
        try (PolledSecrets vault = (PolledSecrets) SecretManager.polling(source, "the vault", Duration.ofDays(1))) {
            SecretManager.Registration registration = vault.onRotation("db", any -> {});
            vault.poll();
            registration.close();
            asked.set(0);
            vault.poll();
            assertThat(asked).hasValue(0);
        }
        assertThatThrownBy(() -> SecretManager.polling(source, "the vault", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoWasRefusedHasTheSecretLookedAtBeforeItsTurn() {
        AtomicReference<String> place = new AtomicReference<>("hunter2-old");
        SecretSource source = name -> Optional.of(Secret.of(place.get()));
        SecretManager vault = SecretManager.polling(source, "the vault", Duration.ofDays(1));
        CurrentSecret password;
        try (SecretManager nested = SecretManager.firstOf(SecretManager.caching(vault, Duration.ofDays(1)))) {
            nested.lookAgain("nobody listens to it");
            password = nested.current("db");
            place.set("hunter2-new");
            assertThat(password.get()).isEqualTo(Secret.of("hunter2-old"));

            password.lookAgain();
            await().until(() -> password.get().equals(Secret.of("hunter2-new")));
            place.set("hunter2-newer");
            password.lookAgain();
            await().until(() -> password.get().equals(Secret.of("hunter2-newer")));
        }
        password.lookAgain();
        assertThat(password.get()).isEqualTo(Secret.of("hunter2-newer"));
    }

    @Test
    void manyWhoAreRefusedAtOnceCauseOneLook() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        SecretSource source = name -> {
            if (looks.getAndIncrement() > 1) {
                gate.await();
            }
            return Optional.of(Secret.of("hunter2-same"));
        };
        try (SecretManager vault = SecretManager.polling(source, "the vault", Duration.ofDays(1));
                CurrentSecret password = vault.current("db")) {
            int before = looks.get();
            password.lookAgain();
            await().until(() -> looks.get() == before + 1);
            for (int i = 0; i < 100; i++) {
                password.lookAgain();
            }
            gate.countDown();
            await().until(() -> looks.get() == before + 2);
            password.lookAgain();
            await().until(() -> looks.get() == before + 3);
        }
    }
}
