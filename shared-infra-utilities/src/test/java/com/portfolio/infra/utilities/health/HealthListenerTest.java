package com.portfolio.infra.utilities.health;

import static com.portfolio.infra.ports.health.HealthStatus.DEGRADED;
import static com.portfolio.infra.ports.health.HealthStatus.DOWN;
import static com.portfolio.infra.ports.health.HealthStatus.UNKNOWN;
import static com.portfolio.infra.ports.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.portfolio.infra.ports.health.HealthResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HealthListenerTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final HealthCheckSettings ANEW = HealthCheckSettings.defaults()
            .interval(Duration.ZERO)
            .downInterval(Duration.ZERO)
            .failureThreshold(2);

    private final Probe probe = new Probe();
    private final HealthCheckRegistry registry = new HealthCheckRegistry(ANEW);
    private final List<HealthChange> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        registry.close();
    }

    private static void until(ThrowingRunnable assertion) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(2)).untilAsserted(assertion);
    }

    @Test
    void eachChangeIsHeardOnceInItsOrder() {
        registry.register("database", probe);
        registry.addListener(heard::add);

        registry.checkAll();
        registry.checkAll();
        probe.isDown();
        registry.checkAll();
        registry.checkAll();
        registry.checkAll();
        probe.finds(HealthResult.up());
        registry.checkAll();
        registry.checkAll();
        registry.close();

        until(() -> assertThat(heard).hasSize(4));
        assertThat(heard).extracting(HealthChange::from).containsExactly(UNKNOWN, UP, DEGRADED, DOWN);
        assertThat(heard).extracting(HealthChange::to).containsExactly(UP, DEGRADED, DOWN, UP);
        assertThat(heard).extracting(HealthChange::name).containsOnly("database");
        assertThat(heard.get(2).result().reason()).contains("Gone.");
    }

    @Test
    void whoThrowsKeepsNobodyFromHearing() {
        registry.register("database", probe);
        registry.addListener(change -> {
            throw new IllegalStateException("on purpose");
        });
        registry.addListener(change -> {
            throw new StackOverflowError("on purpose");
        });
        registry.addListener(heard::add);

        assertThat(registry.checkAll().status()).isEqualTo(UP);
        until(() -> assertThat(heard).hasSize(1));
        probe.finds(HealthResult.degraded("Slow."));
        assertThat(registry.checkAll().status()).isEqualTo(DEGRADED);
        until(() -> assertThat(heard).hasSize(2));
    }

    @Test
    void whoDoesNotReturnHoldsNothingUp() {
        CountDownLatch latch = new CountDownLatch(1);
        registry.register("database", probe);
        registry.addListener(change -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        registry.addListener(heard::add);

        for (int i = 0; i < 3_000; i++) {
            probe.finds(i % 2 == 0 ? HealthResult.up() : HealthResult.degraded("Slow."));
            registry.checkAll();
        }
        assertThat(heard).isEmpty();
        latch.countDown();

        until(() -> assertThat(heard).hasSizeGreaterThanOrEqualTo(1_000));
    }

    @Test
    void aListenerMayAskTheRegistry() {
        registry.register("database", probe);
        List<HealthReport> asked = new CopyOnWriteArrayList<>();
        registry.addListener(change -> asked.add(registry.checkAll()));

        registry.checkAll();

        until(() -> assertThat(asked).extracting(HealthReport::status).containsExactly(UP));
    }

    @Test
    void changesAreLoggedOnOneLine() {
        Logger logger = (Logger) LoggerFactory.getLogger(HealthCheckRegistry.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            registry.register("database", probe.finds(HealthResult.down("Gone.\n2020 ERROR forged")));
            registry.addListener(heard::add);
            registry.checkAll();
            until(() -> assertThat(heard).hasSize(1));

            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .contains("Health of database is DOWN, was UNKNOWN: Gone. 2020 ERROR forged");
        } finally {
            logger.detachAppender(log);
        }
    }
}
