package com.portfolio.infra.utilities.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that somebody looks at now and then, and the thread that does. */
class PolledSecretsTest {

    /** Its first look on the thread of the secrets hangs until it is interrupted. */
    private static final class Hanging implements SecretSource {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private final CountDownLatch lookedAnew = new CountDownLatch(1);

        @Override
        public Optional<Secret> find(String name) throws InterruptedException {
            if (Thread.currentThread().getName().equals("secrets-poll")) {
                if (begun.getCount() == 0) {
                    lookedAnew.countDown();
                } else {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        ended.countDown();
                    }
                }
            }
            return Optional.of(Secret.of("hunter2"));
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
        Hanging source = new Hanging();
        try (SecretManager vault = SecretManager.polling(source, "the vault", Duration.ofDays(1))) {
            CurrentSecret password = vault.current("db");
            password.lookAgain();
            assertThat(source.begun.await(20, TimeUnit.SECONDS)).isTrue();
            if (listenerEndsFirst) {
                password.close();
            }
        }
        assertThat(source.ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aLookThatHangsHoldsUpNobodyWhoListensAnewAndIsEndedByClosing() throws Exception {
        Hanging source = new Hanging();
        try (SecretManager vault = SecretManager.polling(source, "the vault", Duration.ofDays(1))) {
            try (CurrentSecret password = vault.current("db")) {
                password.lookAgain();
                assertThat(source.begun.await(20, TimeUnit.SECONDS)).isTrue();
                password.lookAgain();
            }
            try (CurrentSecret password = vault.current("db")) {
                password.lookAgain();
                assertThat(source.lookedAnew.await(20, TimeUnit.SECONDS)).isTrue();
                assertThat(source.ended.getCount())
                        .as("what goes on is not interrupted")
                        .isOne();
            }
        }
        assertThat(source.ended.await(20, TimeUnit.SECONDS)).isTrue();
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
    void aSourceThatFailsIsNamedWithoutWhatItSaid() {
        SecretSource source = name -> {
            throw new java.io.IOException("token hush is wrong");
        };
        try (Lines lines = Lines.listen();
                PolledSecrets vault = (PolledSecrets) SecretManager.polling(source, "the vault", Duration.ofDays(1))) {
            assertThatThrownBy(() -> vault.find("db"))
                    .isInstanceOf(SecretUnavailableException.class)
                    .hasMessage("Secret 'db' could not be read from the vault, because of a java.io.IOException.")
                    .hasStackTraceContaining("PolledSecretsTest")
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
