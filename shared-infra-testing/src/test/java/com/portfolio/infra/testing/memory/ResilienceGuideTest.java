package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.testing.memory.AccountEvent.Registered;
import com.portfolio.infra.utilities.resilience.CircuitBreaker;
import com.portfolio.infra.utilities.resilience.FailureClassifier;
import com.portfolio.infra.utilities.resilience.FailureKind;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.ResilientEventStore;
import com.portfolio.infra.utilities.resilience.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The snippets of docs/resilience.md. */
class ResilienceGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "resilience.md");

    private final InMemoryEventStore memory = new InMemoryEventStore(AccountEvent.CODEC);
    private final List<String> log = new ArrayList<>();

    private static final class Client {

        private final List<String> reports = new ArrayList<>();

        String find(String address) {
            return "the place of " + address;
        }

        CompletionStage<String> findAsync(String address) {
            return CompletableFuture.completedFuture(find(address));
        }

        void report(String what) {
            reports.add(what);
        }
    }

    private static final class MailboxBusy extends Exception {

        private static final long serialVersionUID = 1L;
    }

    @Test
    void aStoreIsProtectedByTwoLines() {
        Resilience database = Resilience.of("database");
        EventStore store = new ResilientEventStore(memory, database);
        memory.appendFaults().failNext(call -> new EventStoreUnavailableException("The database is away.", null));

        store.append("account-1", List.of(new Registered("Ada")));

        assertThat(memory.events()).hasSize(1);
        database.close();
    }

    @Test
    void anyCallIsProtected() {
        Client client = new Client();
        Resilience geocoder = Resilience.builder("geocoder")
                .retry(RetryPolicy.builder()
                        .maxAttempts(4)
                        .deadline(Duration.ofSeconds(5))
                        .build())
                .timeLimit(Duration.ofSeconds(2))
                .bulkhead(20)
                .build();

        String place = geocoder.call(() -> client.find("Main Street 1"));
        CompletionStage<String> later = geocoder.callAsync(() -> client.findAsync("Main Street 1"));
        geocoder.once().run(() -> client.report("a wrong address"));

        assertThat(place).isEqualTo("the place of Main Street 1");
        assertThat(later.toCompletableFuture().join()).isEqualTo(place);
        assertThat(client.reports).hasSize(1);
        geocoder.close();
    }

    @Test
    void failuresOfOnesOwnAreClassified() throws Exception {
        FailureClassifier mail =
                failure -> failure instanceof MailboxBusy ? Optional.of(FailureKind.TRANSIENT) : Optional.empty();
        List<Integer> calls = new ArrayList<>();
        try (Resilience mailer = Resilience.builder("mail").classifier(mail).build()) {
            mailer.run(() -> {
                calls.add(1);
                if (calls.size() < 2) {
                    throw new MailboxBusy();
                }
            });
        }

        assertThat(calls).hasSize(2);
    }

    @Test
    void operatorsHoldTheBreaker() throws Exception {
        Resilience database = Resilience.of("database");
        CircuitBreaker breaker = database.circuitBreaker().orElseThrow();
        breaker.onChange((which, from, to) -> log.add(which.name() + " went from " + from + " to " + to));
        HealthCheck health = breaker.health();

        breaker.forceOpen();
        assertThat(health.check().status()).isEqualTo(HealthStatus.DEGRADED);
        breaker.release();

        assertThat(log)
                .containsExactly(
                        "database went from CLOSED to FORCED_OPEN", "database went from FORCED_OPEN to CLOSED");
        database.close();
    }

    @Test
    void everySnippetOfTheGuideStandsHere() throws IOException {
        assertThat(GuideSnippets.foundIn(ResilienceGuideTest.class, GUIDE)).isEqualTo(4);
    }
}
