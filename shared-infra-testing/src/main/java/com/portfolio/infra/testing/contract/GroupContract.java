package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.portfolio.infra.ports.messaging.BusClosedException;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import com.portfolio.infra.ports.messaging.StartFrom;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.testing.contract.KitMessage.Paid;
import com.portfolio.infra.testing.contract.KitMessage.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** MB.2 and MB.12: who gets which messages, and from where on. */
public abstract class GroupContract extends MessageBusKit {

    @Test
    void mb2_everyGroupGetsEveryMessage() {
        MessageBus bus = open("shop");
        List<Heard> groups = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Heard heard = heard();
            groups.add(heard);
            subscribe(bus, request(group() + "-" + i), heard);
        }

        publish(bus, "o-1", 1, 100);

        groups.forEach(heard -> heard.awaitDistinct(100));
    }

    @Test
    void mb2_insideAGroupEachMessageGoesToOneMember() {
        List<Heard> members = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Heard heard = heard();
            members.add(heard);
            subscribe(open("billing"), request(), heard);
        }
        MessageBus bus = open("shop");
        for (int key = 0; key < 50; key++) {
            publish(bus, "o-" + key, key * 10, key * 10 + 9);
        }

        eventually().pass(() -> assertThat(all(members)).hasSize(500));
        // Members take over from each other in good order: nothing of it is handled twice.
        assertThat(members.stream().mapToInt(heard -> heard.calls().size()).sum())
                .isEqualTo(500);
    }

    private static Set<Integer> all(List<Heard> members) {
        return members.stream()
                .flatMap(heard -> heard.numbers().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void mb2_aSubscriptionGetsTheTypesThatItAskedForAlone() {
        MessageBus bus = open("shop");
        Queue<Integer> placed = new ConcurrentLinkedQueue<>();
        Heard all = heard();
        awaitReady(bus.subscribe(
                SubscriptionRequest.builder(Placed.class)
                        .group(group() + "-placed")
                        .build(),
                MessageHandler.of(event -> placed.add(event.number()))));
        subscribe(bus, request(), all);

        publish(bus, new Placed("o-1", 1));
        publish(bus, new Paid("o-1", 2));
        publish(bus, new Placed("o-1", 3));

        all.awaitDistinct(3);
        eventually().pass(() -> assertThat(List.copyOf(placed)).containsExactly(1, 3));
    }

    @Test
    void mb2_tenThousandMessagesOfTwentyPublishersAllArriveInTheOrderOfTheirKeys() {
        int publishers = 20;
        int each = 500;
        Heard heard = heard();
        subscribe(open("billing"), request().concurrency(16), heard);
        List<CompletableFuture<List<PublishReceipt>>> running = new ArrayList<>();
        for (int p = 0; p < publishers; p++) {
            int first = p * each;
            MessageBus bus = p % 5 == 0 ? open("shop-" + p) : open("shop");
            running.add(CompletableFuture.supplyAsync(() -> IntStream.range(first, first + each)
                    .mapToObj(number -> bus.publish(new Placed("publisher-" + first, number)))
                    .toList()
                    .stream()
                    .map(stage -> stage.toCompletableFuture().join())
                    .toList()));
        }
        running.forEach(this::get);

        heard.awaitDistinct(publishers * each);
        Map<String, List<Integer>> byKey = heard.firstByKey();
        assertThat(byKey).hasSize(publishers);
        assertThat(byKey.values())
                .allSatisfy(numbers -> assertThat(numbers)
                        .isEqualTo(IntStream.range(numbers.get(0), numbers.get(0) + each)
                                .boxed()
                                .toList()));
    }

    @Test
    void mb2_membersOfOneGroupOnOneBusAskForTheSameTypes() {
        MessageBus bus = open("shop");
        subscribe(bus, request(), heard());
        SubscriptionRequest<Placed> other =
                SubscriptionRequest.builder(Placed.class).group(group()).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bus.subscribe(other, MessageHandler.of(event -> {})))
                .withMessageContaining(group());
    }

    @Test
    void mb2_aTypeThatTheCodecDoesNotKnowIsRefused() {
        MessageBus bus = open("shop");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bus.subscribe("orders.Unknown", event -> {}))
                .withMessageContaining("orders.Unknown")
                .withMessageContaining(KitCodecs.PLACED);
    }

    @Test
    void mb2_aClosedBusRefusesToSubscribe() {
        MessageBus bus = open("shop");
        bus.close();

        assertThatExceptionOfType(BusClosedException.class)
                .isThrownBy(() -> bus.subscribe(request().build(), heard()))
                .withMessageContaining(group());
    }

    @Test
    void mb12_aNewGroupStartsWithTheEarliestMessage() {
        MessageBus bus = open("shop");
        publish(bus, "o-1", 1, 20);
        Heard heard = heard();

        subscribe(bus, request(), heard);
        publish(bus, "o-1", 21, 30);

        heard.awaitDistinct(30);
    }

    @Test
    void mb12_aNewGroupStartsWithTheLatestMessageIfItAsksForThat() {
        MessageBus bus = open("shop");
        publish(bus, "o-1", 1, 20);
        Heard heard = heard();

        subscribe(bus, request().startFrom(StartFrom.LATEST), heard);
        publish(bus, "o-1", 21, 30);

        heard.awaitDistinct(10);
        assertThat(heard.distinct())
                .containsExactlyElementsOf(IntStream.rangeClosed(21, 30).boxed().toList());
    }

    @Test
    void mb12_aKnownGroupGoesOnWhereItWasWhereverANewOneWouldStart() {
        MessageBus bus = open("shop");
        Heard first = heard();
        Subscription subscription = subscribe(bus, request().startFrom(StartFrom.LATEST), first);
        publish(bus, "o-1", 1, 10);
        first.awaitDistinct(10);
        assertThat(subscription.close(patience())).isTrue();
        publish(bus, "o-1", 11, 20);

        Heard second = heard();
        subscribe(open("shop"), request().startFrom(StartFrom.LATEST), second);

        second.awaitDistinct(10);
        assertThat(second.numbers())
                .containsExactlyElementsOf(IntStream.rangeClosed(11, 20).boxed().toList());
    }

    @Test
    void mb12_aMemberThatStartsLaterPassesNothingOver() {
        MessageBus bus = open("shop");
        Heard first = heard();
        subscribe(bus, request().startFrom(StartFrom.LATEST), first);
        Heard second = heard();
        bus.subscribe(request().startFrom(StartFrom.LATEST).build(), second);
        for (int key = 0; key < 20; key++) {
            publish(bus, "o-" + key, key * 5, key * 5 + 4);
        }

        eventually().pass(() -> assertThat(all(List.of(first, second))).hasSize(100));
    }
}
