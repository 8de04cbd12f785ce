package com.portfolio.infra.utilities.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What whoever reads the log of a service is told of its subscriptions. */
class SubscriptionLogTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

    private final SmallLog log = new SmallLog();
    private final UnreliableLog unreliable = new UnreliableLog(log);
    private final CatchUpSubscriptions subscriptions = new CatchUpSubscriptions(unreliable);
    private final Logger logger = (Logger) LoggerFactory.getLogger(CatchUpSubscriptions.class);
    private final Lines lines = new Lines();

    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final List<ILoggingEvent> all = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent line) {
            all.add(line);
        }

        List<ILoggingEvent> warnings() {
            return all.stream().filter(line -> line.getLevel() == Level.WARN).toList();
        }

        List<String> messages() {
            return all.stream().map(ILoggingEvent::getFormattedMessage).toList();
        }
    }

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
    }

    @AfterEach
    void close() {
        subscriptions.close();
        logger.detachAppender(lines);
        logger.setAdditive(true);
    }

    private void waitsForWarnings(int count) {
        await().atMost(LONG).until(() -> lines.warnings().size() >= count);
    }

    private void traceIsInTheFirstWarningAlone() {
        assertThat(lines.warnings().get(0).getThrowableProxy()).isNotNull();
        assertThat(lines.warnings().stream().skip(1)).allSatisfy(line -> {
            assertThat(line.getThrowableProxy()).isNull();
            assertThat(line.getFormattedMessage()).contains("away");
        });
    }

    @Test
    void aLostLogIsToldWithATraceOnceAndThatItIsBack() throws Exception {
        unreliable.fail(() -> new EventStoreUnavailableException("away", null));
        CatchUpSubscription subscription =
                subscriptions.start(CatchUpRequest.forEach("each", event -> {}).reconnect(QUICK));
        waitsForWarnings(4);
        unreliable.work();
        assertThat(subscription.awaitLive(LONG)).isTrue();

        traceIsInTheFirstWarningAlone();
        assertThat(lines.messages()).contains("Subscription 'each' reaches the log again");
    }

    @Test
    void aHandlerThatFailsAgainAndAgainIsToldWithATraceOnceAndThatItSucceeded() throws Exception {
        log.append("a-1", 1);
        AtomicInteger failures = new AtomicInteger(5);
        CatchUpSubscription subscription = subscriptions.start(CatchUpRequest.forEach("each", event -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("away");
                    }
                })
                .retry(new HandlerRetry(10, QUICK)));
        assertThat(subscription.awaitLive(LONG)).isTrue();

        assertThat(lines.warnings()).hasSize(5);
        traceIsInTheFirstWarningAlone();
        assertThat(lines.messages()).contains("Subscription 'each' could handle events after 5 failures");
    }

    @Test
    void aCheckpointThatCanNotBeKeptWhileClosingIsTold() throws Exception {
        log.append("a-1", 1);
        log.append("a-1", 2);
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        CatchUpSubscription subscription = subscriptions.start(CatchUpRequest.forEach("each", event -> {
                    handling.countDown();
                    finish.await();
                })
                .onProgress(checkpoint -> {
                    throw new IllegalStateException("no room");
                }));
        handling.await();
        Thread closing = new Thread(subscription::close);
        closing.start();
        await().atMost(LONG).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        finish.countDown();
        closing.join();

        assertThat(subscription.status().state()).isEqualTo(CatchUpState.CLOSED);
        assertThat(subscription.status().lastError().orElseThrow()).hasMessage("no room");
        assertThat(lines.warnings()).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage())
                    .isEqualTo("Subscription 'each' failed to report its checkpoint while it was being closed,"
                            + " and does not try again");
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("no room");
        });
    }
}
