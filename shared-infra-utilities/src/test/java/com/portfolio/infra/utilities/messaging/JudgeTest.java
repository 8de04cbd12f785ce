package com.portfolio.infra.utilities.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.ports.event.IntegrationEvent;
import com.portfolio.infra.ports.messaging.DeadLetter.Failure;
import com.portfolio.infra.ports.messaging.DeadLetter.Failure.Kind;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.OnExhausted;
import com.portfolio.infra.ports.messaging.OnUndecodable;
import com.portfolio.infra.ports.messaging.RedeliveryPolicy;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final RedeliveryPolicy THREE_TIMES = RedeliveryPolicy.defaults()
            .maxAttempts(3)
            .delays(Duration.ofSeconds(1), Duration.ofSeconds(10))
            .jitter(0);

    private final SubscriptionRequest.Builder<IntegrationEvent> request =
            SubscriptionRequest.builder("test.numbered").redelivery(THREE_TIMES);

    @Test
    void anAcknowledgedMessageIsDoneWith() {
        assertThat(judge(1, returned(HandlerResult.ack()))).isInstanceOf(Verdict.Done.class);
    }

    @Test
    void whatThrewIsTriedAgainByThePolicy() {
        assertThat(judge(1, threw())).isEqualTo(new Verdict.Retry(Duration.ofSeconds(1)));
        assertThat(judge(2, threw())).isEqualTo(new Verdict.Retry(Duration.ofSeconds(2)));
    }

    @Test
    void theLastAttemptMakesADeadLetterThatSaysWhy() {
        Verdict.Letter letter = (Verdict.Letter) judge(3, threw());

        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.failure().kind()).isEqualTo(Kind.EXHAUSTED);
        assertThat(letter.failure().message()).isEqualTo("out of order");
        assertThat(letter.failure().exception()).contains(IllegalStateException.class.getName());
        assertThat(letter.failure().stackTrace().orElseThrow()).contains("JudgeTest");
    }

    @Test
    void anErrorIsAFailureToo() {
        assertThat(judge(1, new Outcome.Threw(new StackOverflowError()))).isInstanceOf(Verdict.Retry.class);
    }

    @Test
    void aHandlerThatAsksForARetrySaysWhen() {
        assertThat(judge(1, returned(HandlerResult.retry(Duration.ofMinutes(5)))))
                .isEqualTo(new Verdict.Retry(Duration.ofMinutes(5)));
    }

    @Test
    void aRetryThatIsAskedForIsAnAttempt() {
        assertThat(judge(3, returned(HandlerResult.retry(Duration.ZERO, "the mail server is full"))))
                .isEqualTo(letter(3, Kind.EXHAUSTED, "the mail server is full"));
        assertThat(judge(3, returned(HandlerResult.retry(Duration.ZERO))))
                .isEqualTo(letter(3, Kind.EXHAUSTED, "The handler asked for one attempt more than there are."));
    }

    @Test
    void aPostponedMessageIsNeverExhausted() {
        assertThat(judge(3, returned(HandlerResult.postpone(Duration.ofSeconds(7)))))
                .isEqualTo(new Verdict.Postpone(Duration.ofSeconds(7)));
    }

    @Test
    void aRejectedMessageIsADeadLetterAtOnceWhateverIsDoneWithExhaustedOnes() {
        request.onExhausted(OnExhausted.STOP);

        assertThat(judge(1, returned(HandlerResult.deadLetter("no such account"))))
                .isEqualTo(letter(1, Kind.REJECTED, "no such account"));
    }

    @Test
    void anExhaustedMessageStopsTheSubscriptionByChoice() {
        request.onExhausted(OnExhausted.STOP);

        assertThat(judge(2, threw())).isInstanceOf(Verdict.Retry.class);
        assertThat(judge(3, threw()))
                .isEqualTo(new Verdict.Stop("Message m1 failed 3 times, the last time with: out of order"));
    }

    @Test
    void anUndecodableMessageIsADeadLetterThatWasNeverTried() {
        Verdict.Letter letter = (Verdict.Letter) judge(1, undecodable());

        assertThat(letter.attempts()).isZero();
        assertThat(letter.failure().kind()).isEqualTo(Kind.UNDECODABLE);
        assertThat(letter.failure().message()).isEqualTo("no JSON");
    }

    @Test
    void anUndecodableMessageIsDoneWithByChoice() {
        request.onUndecodable(OnUndecodable.IGNORE);

        assertThat(judge(1, undecodable())).isInstanceOf(Verdict.Done.class);
    }

    @Test
    void aDeadLetterThatCanNotBeStoredIsNotTriedWithoutAPause() {
        request.redelivery(THREE_TIMES.delays(Duration.ZERO, Duration.ZERO));

        assertThat(newJudge().storeAgainAfter(1)).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void aDeadLetterThatCanNotBeStoredIsTriedLessAndLessOften() {
        assertThat(newJudge().storeAgainAfter(3)).isEqualTo(Duration.ofSeconds(4));
        assertThat(newJudge().storeAgainAfter(30)).isEqualTo(Duration.ofSeconds(10));
    }

    private Judge newJudge() {
        return new Judge(request.build(), () -> new Random(1));
    }

    private Verdict judge(int attempt, Outcome outcome) {
        return newJudge().judge("m1", attempt, outcome);
    }

    private static Outcome returned(HandlerResult result) {
        return new Outcome.Returned(result);
    }

    private static Outcome threw() {
        return new Outcome.Threw(new IllegalStateException("out of order"));
    }

    private static Outcome undecodable() {
        return new Outcome.Undecodable(new EventDecodingException("no JSON", null));
    }

    private static Verdict.Letter letter(int attempts, Kind kind, String message) {
        return new Verdict.Letter(attempts, new Failure(kind, message, Optional.empty(), Optional.empty()));
    }
}
