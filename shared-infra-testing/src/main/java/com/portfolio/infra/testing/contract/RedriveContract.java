package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.DeadLetter;
import com.portfolio.infra.ports.messaging.DeadLetterPage;
import com.portfolio.infra.ports.messaging.DeadLetterQuery;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.RedriveRequest;
import com.portfolio.infra.ports.messaging.RedriveResult;
import com.portfolio.infra.testing.contract.Heard.Call;
import com.portfolio.infra.testing.contract.KitMessage.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** MB.6: looking at dead letters, redriving and dropping them. */
public abstract class RedriveContract extends MessageBusKit {

    private final AtomicBoolean well = new AtomicBoolean();

    private Heard failing() {
        return heard((message, context) -> well.get() ? HandlerResult.ack() : HandlerResult.deadLetter("ill"));
    }

    private void publishFailing(MessageBus bus, int messages) {
        for (int number = 1; number <= messages; number++) {
            publish(bus, new Placed("o-" + number % 3, number));
        }
        awaitLetters(group(), messages);
    }

    @Test
    void mb6_aGroupWithoutDeadLettersHasNone() {
        MessageBus bus = open("shop");
        subscribe(bus, request(), heard());

        assertThat(letters(group())).isEmpty();
        assertThat(bus().deadLetters(group()).group()).isEqualTo(group());
        assertThat(bus().deadLetters(group()).redrive(RedriveRequest.oldest(10)))
                .isEqualTo(new RedriveResult(0, 0));
    }

    @Test
    void mb6_lettersAreListedByPageEachOnce() {
        MessageBus bus = open("shop");
        subscribe(bus, request(), failing());
        publishFailing(bus, 10);
        List<String> ids = new ArrayList<>();
        List<Integer> pages = new ArrayList<>();

        Optional<DeadLetterQuery> query = Optional.of(DeadLetterQuery.first(4));
        while (query.isPresent()) {
            DeadLetterPage page = bus().deadLetters(group()).list(query.get());
            pages.add(page.letters().size());
            page.letters().forEach(letter -> ids.add(letter.id()));
            query = page.next();
        }

        assertThat(ids).hasSize(10).doesNotHaveDuplicates();
        assertThat(pages).containsExactly(4, 4, 2);
    }

    @Test
    void mb6_whatIsRedrivenGoesToTheGroupThatFailedAndToNoOther() {
        MessageBus bus = open("shop");
        Heard failed = failing();
        Heard other = heard();
        subscribe(bus, request(), failed);
        subscribe(bus, request(group() + "-other"), other);
        publishFailing(bus, 5);
        other.awaitDistinct(5);
        well.set(true);

        RedriveResult result = bus().deadLetters(group()).redrive(RedriveRequest.oldest(100));

        assertThat(result).isEqualTo(new RedriveResult(5, 0));
        failed.awaitCalls(10);
        assertThat(letters(group())).isEmpty();
        publish(bus, new Placed("o-9", 9));
        other.awaitDistinct(6);
        assertThat(other.calls()).hasSize(6);
    }

    @Test
    void mb6_aRedrivenMessageIsAsItWasAndItsAttemptsCountFromOne() {
        MessageBus bus = open("shop");
        Heard failed = failing();
        subscribe(bus, request(), failed);
        publishFailing(bus, 1);
        well.set(true);

        bus().deadLetters(group()).redrive(RedriveRequest.oldest(1));

        List<Call> calls = failed.awaitCalls(2);
        assertThat(calls.get(1).message()).isEqualTo(calls.get(0).message());
        assertThat(calls.get(1).attempt()).isEqualTo(1);
    }

    @Test
    void mb6_aMessageThatFailsAgainIsALetterThatWasRedriven() {
        MessageBus bus = open("shop");
        Heard failed = failing();
        subscribe(bus, request(), failed);
        publishFailing(bus, 1);
        DeadLetter first = letters(group()).get(0);

        bus().deadLetters(group()).redrive(RedriveRequest.oldest(1));

        failed.awaitCalls(2);
        DeadLetter second = awaitLetters(group(), 1).get(0);
        assertThat(second.redriveCount()).isEqualTo(1);
        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.destination()).isEqualTo(first.destination());
        assertThat(second.data()).isEqualTo(first.data());
        assertThat(second.headers()).isEqualTo(first.headers());
    }

    @Test
    void mb6_aLetterIsNotRedrivenMoreOftenThanTheCapSays() {
        MessageBus bus = open("shop");
        Heard failed = failing();
        subscribe(bus, request(), failed);
        publishFailing(bus, 1);
        RedriveRequest once = RedriveRequest.oldest(10).maxRounds(1);
        assertThat(bus().deadLetters(group()).redrive(once)).isEqualTo(new RedriveResult(1, 0));
        failed.awaitCalls(2);
        awaitLetters(group(), 1);

        assertThat(bus().deadLetters(group()).redrive(once)).isEqualTo(new RedriveResult(0, 1));
        assertThat(letters(group())).hasSize(1);
    }

    @Test
    void mb6_lettersAreRedrivenAndDroppedOneByOne() {
        MessageBus bus = open("shop");
        Heard failed = failing();
        subscribe(bus, request(), failed);
        publishFailing(bus, 4);
        List<DeadLetter> letters = letters(group());
        well.set(true);

        RedriveResult redriven = bus().deadLetters(group())
                .redrive(RedriveRequest.of(
                        Set.of(letters.get(1).id(), letters.get(3).id(), "unknown")));
        boolean dropped = bus().deadLetters(group()).drop(letters.get(0).id());
        boolean again = bus().deadLetters(group()).drop(letters.get(0).id());

        assertThat(redriven).isEqualTo(new RedriveResult(2, 0));
        assertThat(dropped).isTrue();
        assertThat(again).isFalse();
        assertThat(letters(group()))
                .extracting(DeadLetter::id)
                .containsExactly(letters.get(2).id());
        failed.awaitCalls(6);
    }

    @Test
    void mb6_allLettersCanBeDropped() {
        MessageBus bus = open("shop");
        subscribe(bus, request(), failing());
        publishFailing(bus, 3);

        bus().deadLetters(group()).dropAll();

        assertThat(letters(group())).isEmpty();
    }
}
