package com.portfolio.infra.ports.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void aDelayLiesBetweenNothingAndADay() {
        assertThat(HandlerResult.retry(Duration.ZERO))
                .isEqualTo(new HandlerResult.Retry(Duration.ZERO, Optional.empty()));
        assertThat(HandlerResult.postpone(Duration.ofDays(1)))
                .isEqualTo(new HandlerResult.Postpone(Duration.ofDays(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> HandlerResult.retry(Duration.ofNanos(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HandlerResult.postpone(Duration.ofDays(1).plusNanos(1)));
    }

    @Test
    void aHandlerThatAsksForAnotherAttemptMaySayWhy() {
        assertThat(HandlerResult.retry(Duration.ZERO, "no answer"))
                .isEqualTo(new HandlerResult.Retry(Duration.ZERO, Optional.of("no answer")));
        assertThatIllegalArgumentException().isThrownBy(() -> HandlerResult.retry(Duration.ZERO, " "));
        assertThatIllegalArgumentException().isThrownBy(() -> HandlerResult.retry(Duration.ZERO, "\uDC00"));
    }

    @Test
    void aHandlerThatGivesUpSaysWhy() {
        assertThat(HandlerResult.deadLetter("no such user")).isEqualTo(new HandlerResult.ToDeadLetters("no such user"));
        assertThatIllegalArgumentException().isThrownBy(() -> HandlerResult.deadLetter(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> HandlerResult.deadLetter("\uDC00"));
    }

    @Test
    void aSubscriptionThatIsNotWellSaysWhyAndOneThatIsDoesNot() {
        Optional<String> reason = Optional.of("the broker is lost");

        assertThat(new SubscriptionStatus(SubscriptionStatus.State.DISRUPTED, Instant.EPOCH, reason, 0).reason())
                .isEqualTo(reason);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new SubscriptionStatus(SubscriptionStatus.State.STOPPED, Instant.EPOCH, Optional.empty(), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SubscriptionStatus(SubscriptionStatus.State.RUNNING, Instant.EPOCH, reason, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new SubscriptionStatus(SubscriptionStatus.State.RUNNING, Instant.EPOCH, Optional.empty(), -1));
    }

    @Test
    void theBytesOfADeadLetterCanNotBeChangedNorUsedUp() {
        byte[] bytes = "secret".getBytes(UTF_8);
        DeadLetter letter = letter(ByteBuffer.wrap(bytes));
        bytes[0] = 'x';
        ByteBuffer first = letter.data();
        first.position(3);

        assertThat(UTF_8.decode(letter.data()).toString()).isEqualTo("secret");
        assertThat(letter.data().isReadOnly()).isTrue();
        assertThat(letter).isEqualTo(letter(ByteBuffer.wrap("secret".getBytes(UTF_8))));
    }

    @Test
    void makingADeadLetterDoesNotUseUpTheBytesOfItsMaker() {
        ByteBuffer bytes = ByteBuffer.wrap("a secret b".getBytes(UTF_8), 2, 6);
        DeadLetter letter = letter(bytes);

        assertThat(bytes.remaining()).isEqualTo(6);
        assertThat(UTF_8.decode(letter.data()).toString()).isEqualTo("secret");
    }

    @Test
    void theTextOfADeadLetterHasNeitherItsDataNorItsHeaders() {
        assertThat(letter(ByteBuffer.wrap("secret".getBytes(UTF_8))).toString())
                .contains("letter-1", "shop", "payments", "message-1", "EXHAUSTED")
                .doesNotContain("secret")
                .doesNotContain("token");
    }

    @Test
    void aPageOfDeadLettersHasOneToAThousand() {
        assertThat(DeadLetterQuery.first(1_000).after("c")).isEqualTo(new DeadLetterQuery(1_000, Optional.of("c")));
        assertThatIllegalArgumentException().isThrownBy(() -> DeadLetterQuery.first(0));
        assertThatIllegalArgumentException().isThrownBy(() -> DeadLetterQuery.first(1_001));
    }

    @Test
    void redrivingAllMustBeSaid() {
        assertThat(RedriveRequest.oldest(10)).isEqualTo(new RedriveRequest(Set.of(), 10, 3));
        assertThat(RedriveRequest.of(Set.of("a", "b")).maxRounds(1))
                .isEqualTo(new RedriveRequest(Set.of("a", "b"), 2, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedriveRequest.of(Set.of()))
                .withMessageContaining("oldest(limit)");
        assertThatIllegalArgumentException().isThrownBy(() -> RedriveRequest.oldest(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedriveRequest.oldest(1).maxRounds(0));
    }

    @Test
    void failuresOfPublishingNameDestinationAndMessageAndWhatIsNowTrue() {
        PublishFailedException lost = PublishFailedException.unacknowledged("payments", "id-1", "no answer", null);
        PublishFailedException refused = PublishFailedException.refused("payments", "id-1", "not authorised", null);
        MessageTooLargeException large = new MessageTooLargeException("payments", "id-1", 200, 100, null);

        assertThat(lost.isRetryable()).isTrue();
        assertThat(lost).hasMessageContainingAll("payments", "id-1", "no answer", "unknown whether it was stored");
        assertThat(refused.isRetryable()).isFalse();
        assertThat(refused).hasMessageContainingAll("payments", "id-1", "not authorised", "It was not stored");
        assertThat(refused.destination()).isEqualTo("payments");
        assertThat(refused.messageId()).isEqualTo("id-1");
        assertThat(large.isRetryable()).isFalse();
        assertThat(large).hasMessageContainingAll("payments", "id-1", "200 bytes", "takes 100", "not stored");
    }

    @Test
    void onlyFailuresThatPassAreRetryable() {
        assertThat(new BrokerUnavailableException("lost", null).isRetryable()).isTrue();
        assertThat(new MessagingFailedException("refused", null).isRetryable()).isFalse();
        assertThat(new BusClosedException("publishing").isRetryable()).isFalse();
        assertThat(new DestinationMissingException("payments", "publishing", null).isRetryable())
                .isFalse();
    }

    @Test
    void aBusThatCanNotSaysWhatItLacksAndWhatToAskForInstead() {
        UnsupportedByBusException refusal =
                new UnsupportedByBusException("Cloudflare Queues", BusTrait.KEYED_ORDER, "Subscribe unordered.");

        assertThat(refusal.trait()).isEqualTo(BusTrait.KEYED_ORDER);
        assertThat(refusal).hasMessageContainingAll("Cloudflare Queues", "KEYED_ORDER", "Subscribe unordered.");
        assertThat(refusal.isRetryable()).isFalse();
    }

    private static DeadLetter letter(ByteBuffer data) {
        return new DeadLetter(
                "letter-1",
                "shop",
                "payments",
                "partition 0, offset 7",
                Optional.of("message-1"),
                Optional.of("billing.Paid"),
                Optional.empty(),
                Map.of("authorization", "token"),
                data,
                3,
                new DeadLetter.Failure(
                        DeadLetter.Failure.Kind.EXHAUSTED, "no room", Optional.empty(), Optional.empty()),
                Instant.EPOCH,
                0);
    }
}
