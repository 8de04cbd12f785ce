package com.portfolio.infra.utilities.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
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
}
