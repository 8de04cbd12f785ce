package com.portfolio.infra.ports.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.event.IntegrationEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionRequestTest {

    sealed interface AccountEvent extends IntegrationEvent {}

    record Opened(String aggregateId) implements AccountEvent {}

    record Closed(String aggregateId) implements AccountEvent {}

    record Paid(String aggregateId) implements IntegrationEvent {}

    private static final EventTypes TYPES = EventTypes.ofSealed("accounts", AccountEvent.class)
            .and(EventTypes.of(Paid.class, "billing.Paid"))
            .and(EventTypes.of(String.class, "text"));

    @Test
    void theDefaultsAreThoseThatTheDocumentationNames() {
        SubscriptionRequest<Paid> request = SubscriptionRequest.of(Paid.class);

        assertThat(request.payload()).isEqualTo(Paid.class);
        assertThat(request.types()).isEmpty();
        assertThat(request.group()).isEmpty();
        assertThat(request.startFrom()).isEqualTo(StartFrom.EARLIEST);
        assertThat(request.ordering()).isEqualTo(Ordering.KEY);
        assertThat(request.concurrency()).isEqualTo(8);
        assertThat(request.maxInFlight()).isEqualTo(256);
        assertThat(request.handlerTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(request.redelivery()).isEqualTo(RedeliveryPolicy.defaults());
        assertThat(request.onUndecodable()).isEqualTo(OnUndecodable.DEAD_LETTER);
        assertThat(request.onExhausted()).isEqualTo(OnExhausted.DEAD_LETTER);
        assertThat(request.drainTimeout()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void everythingCanBeSetToSomethingElse() {
        SubscriptionRequest<IntegrationEvent> request = SubscriptionRequest.builder("billing.Paid", "text")
                .group("notifications")
                .startFrom(StartFrom.LATEST)
                .ordering(Ordering.UNORDERED)
                .concurrency(2)
                .maxInFlight(3)
                .handlerTimeout(Duration.ofSeconds(4))
                .redelivery(RedeliveryPolicy.never())
                .onUndecodable(OnUndecodable.IGNORE)
                .onExhausted(OnExhausted.STOP)
                .drainTimeout(Duration.ZERO)
                .build();

        assertThat(request.types()).containsExactlyInAnyOrder("billing.Paid", "text");
        assertThat(request.group()).contains("notifications");
        assertThat(request.startFrom()).isEqualTo(StartFrom.LATEST);
        assertThat(request.ordering()).isEqualTo(Ordering.UNORDERED);
        assertThat(request.concurrency()).isEqualTo(2);
        assertThat(request.maxInFlight()).isEqualTo(3);
        assertThat(request.handlerTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(request.redelivery()).isEqualTo(RedeliveryPolicy.never());
        assertThat(request.onUndecodable()).isEqualTo(OnUndecodable.IGNORE);
        assertThat(request.onExhausted()).isEqualTo(OnExhausted.STOP);
        assertThat(request.drainTimeout()).isZero();
    }

    @Test
    void moreConcurrencyAllowsForMoreMessagesInFlight() {
        assertThat(SubscriptionRequest.builder(Paid.class)
                        .concurrency(300)
                        .build()
                        .maxInFlight())
                .isEqualTo(9_600);
        assertThat(SubscriptionRequest.builder(Paid.class)
                        .concurrency(Integer.MAX_VALUE)
                        .build()
                        .maxInFlight())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void everythingThatIsWrongIsReportedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubscriptionRequest.builder(" ")
                        .group("a b")
                        .concurrency(0)
                        .maxInFlight(-1)
                        .handlerTimeout(Duration.ZERO)
                        .drainTimeout(Duration.ofNanos(-1))
                        .build())
                .withMessageContaining("6 problems")
                .withMessageContaining("types must not be blank")
                .withMessageContaining("'a b'")
                .withMessageContaining("concurrency must be at least 1, not 0")
                .withMessageContaining("maxInFlight")
                .withMessageContaining("handlerTimeout")
                .withMessageContaining("drainTimeout");
    }

    @Test
    void aSingleProblemNamesTheSubscription() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubscriptionRequest.builder("billing.Paid")
                        .concurrency(4)
                        .maxInFlight(3)
                        .build())
                .withMessageContaining("1 problem of the subscription to billing.Paid")
                .withMessageContaining("the concurrency (4), not 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "ä", "a\n"})
    void aGroupHasANameThatBrokersTake(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SubscriptionRequest.builder(Paid.class).group(name).build());
    }

    @Test
    void aRequestDemandsOfABusWhatItAsksFor() {
        SubscriptionRequest<Paid> byDefault = SubscriptionRequest.of(Paid.class);
        SubscriptionRequest<Paid> named =
                SubscriptionRequest.builder(Paid.class).group("g").build();
        SubscriptionRequest<Paid> undemanding = SubscriptionRequest.builder(Paid.class)
                .ordering(Ordering.UNORDERED)
                .startFrom(StartFrom.LATEST)
                .build();

        assertThat(byDefault.demands()).containsExactlyInAnyOrder(BusTrait.KEYED_ORDER, BusTrait.REPLAY);
        assertThat(named.demands())
                .containsExactlyInAnyOrder(BusTrait.KEYED_ORDER, BusTrait.REPLAY, BusTrait.CONSUMER_GROUPS);
        assertThat(undemanding.demands()).isEmpty();
    }

    @Test
    void anInterfaceStandsForTheTypesOfAllItsClasses() {
        assertThat(SubscriptionRequest.of(AccountEvent.class).typesIn(TYPES))
                .containsExactlyInAnyOrder("accounts.Opened", "accounts.Closed");
        assertThat(SubscriptionRequest.of(Opened.class).typesIn(TYPES)).containsExactly("accounts.Opened");
    }

    @Test
    void aNamedTypeStandsForItself() {
        assertThat(SubscriptionRequest.of("accounts.Closed").typesIn(TYPES)).containsExactly("accounts.Closed");
    }

    @Test
    void aTypeThatNoRegisteredClassFitsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubscriptionRequest.of("accounts.Merged").typesIn(TYPES))
                .withMessageContaining("'accounts.Merged'");
        assertThatIllegalArgumentException()
                .as("a class that is no integration event")
                .isThrownBy(() -> SubscriptionRequest.of("text").typesIn(TYPES))
                .withMessageContaining("'text'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubscriptionRequest.of(Integer.class).typesIn(TYPES))
                .withMessageContaining("java.lang.Integer");
    }

    @Test
    void aGroupThatIsNamedIsTheGroup() {
        assertThat(SubscriptionRequest.builder(Paid.class).group("g").build().groupFor("shop", TYPES))
                .isEqualTo("g");
    }

    @Test
    void aGroupThatIsNotNamedIsMadeOfTheServiceAndTheType() {
        assertThat(SubscriptionRequest.of(Paid.class).groupFor("shop", TYPES)).isEqualTo("shop.billing.Paid");
        assertThat(SubscriptionRequest.of("billing.Paid").groupFor("shop", TYPES))
                .isEqualTo("shop.billing.Paid");
        assertThat(SubscriptionRequest.of(AccountEvent.class).groupFor("shop", TYPES))
                .isEqualTo("shop.AccountEvent");
    }

    @Test
    void aGroupKeepsItsNameWhenAnInterfaceGetsAnotherClass() {
        EventTypes before = EventTypes.of(Opened.class, "accounts.Opened");

        assertThat(SubscriptionRequest.of(AccountEvent.class).groupFor("shop", before))
                .isEqualTo(SubscriptionRequest.of(AccountEvent.class).groupFor("shop", TYPES));
    }

    @Test
    void aGroupThatCanNotBeMadeMustBeNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubscriptionRequest.builder("accounts.Opened", "accounts.Closed")
                        .build()
                        .groupFor("shop", TYPES))
                .withMessageContaining("must name its group");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubscriptionRequest.of(Paid.class).groupFor("the shop", TYPES))
                .withMessageContaining("must name its group")
                .withMessageContaining("'the shop.billing.Paid'");
    }

    @Test
    void theTypesOfARequestCanNotBeChanged() {
        assertThatThrownBy(() -> SubscriptionRequest.of("a").types().add("b"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aPausePolicyNamesEverythingThatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PausePolicy(0, Duration.ZERO))
                .withMessageContaining("failures must be at least 1, not 0")
                .withMessageContaining("pause must be more than 0");
        PausePolicy policy = new PausePolicy(20, Duration.ofSeconds(10));
        assertThat(SubscriptionRequest.builder("orders.Placed")
                        .pauseAfter(policy)
                        .build()
                        .pause())
                .contains(policy);
        assertThat(SubscriptionRequest.of("orders.Placed").pause()).isEmpty();
    }
}
