package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.testing.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SettableHealthCheckTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SettableHealthCheck check = new SettableHealthCheck();

    @Test
    void findsWhatItWasSetTo() throws Exception {
        assertThat(check.check().status()).isEqualTo(HealthStatus.UP);
        check.degraded("slow");
        assertThat(check.check().status()).isEqualTo(HealthStatus.DEGRADED);
        check.down("gone");
        assertThat(check.check().reason()).contains("gone");
        HealthResult detailed = HealthResult.up().with("lag", 3);
        check.set(detailed);
        assertThat(check.check()).isEqualTo(detailed);
        check.fail(new IOException("broken"));
        assertThatThrownBy(check::check).isInstanceOf(IOException.class);
        check.up();
        assertThat(check.check().status()).isEqualTo(HealthStatus.UP);
        assertThat(check.calls()).isEqualTo(6);
    }

    @Test
    void hangsUntilItIsSetToSomethingElse() {
        check.hang();
        CompletableFuture<HealthResult> hanging = CompletableFuture.supplyAsync(() -> {
            try {
                return check.check();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        Eventually.within(PATIENCE).holds("the hanging call", () -> check.running() == 1);
        assertThat(hanging).isNotDone();

        check.down("gone");

        assertThat(hanging)
                .succeedsWithin(PATIENCE)
                .extracting(HealthResult::status)
                .isEqualTo(HealthStatus.DOWN);
        assertThat(check.running()).isZero();
    }

    @Test
    void aHangingCallCanBeInterrupted() {
        check.hang();
        FutureTask<HealthResult> hanging = new FutureTask<>(check::check);
        Thread caller = new Thread(hanging);
        caller.start();
        Eventually.within(PATIENCE).holds("the hanging call", () -> check.running() == 1);

        caller.interrupt();

        assertThatThrownBy(hanging::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }
}
