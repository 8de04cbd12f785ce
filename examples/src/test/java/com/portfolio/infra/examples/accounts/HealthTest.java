package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.examples.accounts.AccountCommand.RegisterUser;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.memory.InMemoryBroker;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.bootstrap.MessageBusFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Infrastructure infrastructure = InMemory.open("CIRCUIT_BREAKER_OPEN_TIME", "50ms");

    @AfterEach
    void close() {
        infrastructure.close();
    }

    private HealthStatus health(String part) {
        return infrastructure.health().checkAll().result(part).orElseThrow().status();
    }

    @Test
    void aBusThatAcknowledgesNothingIsDownUntilItDoesAgain() throws Exception {
        InMemoryBroker broker = infrastructure.shared(InMemoryBroker.class).orElseThrow();
        broker.publishFaults().failAll(message -> true, message -> new BrokerUnavailableException("Away.", null));
        try (Accounts accounts = new Accounts(infrastructure)) {
            accounts.service().handle(new RegisterUser("c-1", "ada", "ada@example.org"));
            assertThat(accounts.awaitAll(Duration.ofMillis(500))).isFalse();

            Eventually.within(PATIENCE).holds("the bus is down", () -> health("bus") == HealthStatus.DOWN);

            broker.publishFaults().clear();
            assertThat(accounts.awaitAll(PATIENCE)).isTrue();
            Eventually.within(PATIENCE).holds("the bus is up", () -> health("bus") == HealthStatus.UP);
        }
    }

    @Test
    void aBrokerThatIsLostIsSaidToBe() {
        assertThat(health("broker in memory")).isEqualTo(HealthStatus.UP);
        infrastructure.shared(InMemoryBroker.class).orElseThrow().lose();
        Eventually.within(PATIENCE).holds("the broker is down", () -> health("broker in memory") == HealthStatus.DOWN);
        assertThat(infrastructure.health().checkAll().isDown()).isTrue();
    }

    @Test
    void aSubscriptionToNoticesThatIsClosedIsDown() throws Exception {
        try (var others = MessageBusFactory.open(InMemory.config().withServiceName("notifications"), Setup.CODEC)) {
            Notifications notifications = new Notifications(others.get().bus());
            try (Accounts accounts = new Accounts(infrastructure)) {
                accounts.service().handle(new RegisterUser("c-1", "ada", "ada@example.org"));
                assertThat(notifications.await(1, PATIENCE)).isTrue();
                assertThat(notifications.health().status()).isEqualTo(HealthStatus.UP);
                assertThat(notifications.health().details()).containsEntry("received", 1L);
            }

            notifications.close();

            assertThat(notifications.health().status()).isEqualTo(HealthStatus.DOWN);
        }
    }
}
