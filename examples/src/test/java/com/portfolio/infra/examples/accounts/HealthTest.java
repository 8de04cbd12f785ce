package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.examples.accounts.AccountCommand.RegisterUser;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.testing.memory.InMemoryBroker;
import com.portfolio.infra.testing.memory.InMemoryMessageBus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final InMemoryBroker broker = new InMemoryBroker();

    @Test
    void aBusThatAcknowledgesNothingIsDownUntilItDoesAgain() throws Exception {
        broker.publishFaults().failAll(message -> true, message -> new BrokerUnavailableException("Away.", null));
        try (Accounts accounts =
                new Accounts(Adapters.inMemory(), new InMemoryMessageBus(broker, "accounts", Adapters.noticeCodec()))) {
            accounts.service().handle(new RegisterUser("c-1", "ada", "ada@example.org"));
            assertThat(accounts.awaitAll(Duration.ofMillis(500))).isFalse();

            assertThat(accounts.health().get("bus").status()).isEqualTo(HealthStatus.DOWN);

            broker.publishFaults().clear();
            assertThat(accounts.awaitAll(PATIENCE)).isTrue();
            assertThat(accounts.health().get("bus").status()).isEqualTo(HealthStatus.UP);
        }
    }

    @Test
    void aSubscriptionToNoticesThatIsClosedIsDown() throws Exception {
        Notifications notifications =
                new Notifications(new InMemoryMessageBus(broker, "notifications", Adapters.noticeCodec()));
        try (Accounts accounts =
                new Accounts(Adapters.inMemory(), new InMemoryMessageBus(broker, "accounts", Adapters.noticeCodec()))) {
            accounts.service().handle(new RegisterUser("c-1", "ada", "ada@example.org"));
            assertThat(notifications.await(1, PATIENCE)).isTrue();
            assertThat(notifications.health().status()).isEqualTo(HealthStatus.UP);
            assertThat(notifications.health().details()).containsEntry("received", 1L);
        }

        notifications.close();

        assertThat(notifications.health().status()).isEqualTo(HealthStatus.DOWN);
    }
}
