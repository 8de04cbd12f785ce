package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.messaging.BusClosedException;
import com.portfolio.infra.ports.messaging.BusTrait;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.utilities.messaging.MessageConsumer;
import com.portfolio.infra.utilities.messaging.MessageConsumer.Member;
import com.portfolio.infra.utilities.messaging.MessageWire;
import com.portfolio.infra.utilities.messaging.Subscriptions;
import com.portfolio.infra.utilities.messaging.WireMessage;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A message bus in memory, for tests.
 *
 * <p>Messages go through the codec on the way in and on the way out, so that what a real bus could not
 * send fails here too, and two handlers share no object. Services that are to hear of each other get
 * buses of one {@link InMemoryBroker}, which also holds what tests need: loss of the broker, failures of
 * publishing and of dead letters, lost acknowledgements, and waiting until something was published or
 * handled.
 *
 * <pre>{@code
 * InMemoryBroker broker = new InMemoryBroker();
 * MessageBus accounts = new InMemoryMessageBus(broker, "accounts", codec);
 * MessageBus notifications = new InMemoryMessageBus(broker, "notifications", codec);
 * }</pre>
 *
 * <p>{@link #publish} stores the message before it returns. A subscription takes part in its group when
 * {@link #subscribe} returns, unless the broker is lost, and is ready soon after. It holds messages beyond those that its
 * handlers are at, a quarter of its {@code maxInFlight} for one key at most, and acknowledges them some milliseconds after
 * they were handled, as the engine of all buses does ({@link MessageConsumer}). Thread-safe.
 */
public final class InMemoryMessageBus implements MessageBus {

    /** A clock that a test moves tells nobody, so it is looked at this often. */
    private static final Duration TURN = Duration.ofMillis(10);

    /** Each subscription has its own drain timeout. */
    private static final Duration NO_LIMIT = Duration.ofDays(1);

    private final InMemoryBroker broker;
    private final String service;
    private final EventCodec codec;
    private final MessageWire wire;
    private final Subscriptions<HeldMessage> subscriptions = new Subscriptions<>();
    private final Queue<InMemorySource> sources = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** A bus with a broker of its own. */
    public InMemoryMessageBus(String service, EventCodec codec) {
        this(new InMemoryBroker(), service, codec);
    }

    /**
     * A bus of one service.
     *
     * @param service names the service in groups, and is the source of messages that have none
     * @param codec   knows the types that the service publishes and subscribes to
     */
    public InMemoryMessageBus(InMemoryBroker broker, String service, EventCodec codec) {
        this.broker = Objects.requireNonNull(broker, "broker");
        this.service = Objects.requireNonNull(service, "service");
        this.codec = Objects.requireNonNull(codec, "codec");
        this.wire = new MessageWire(codec, URI.create("urn:service:" + service));
    }

    @Override
    public Set<BusTrait> traits() {
        return EnumSet.allOf(BusTrait.class);
    }

    @Override
    public CompletionStage<PublishReceipt> publish(Message<?> message) {
        Objects.requireNonNull(message, "message");
        if (closed) {
            return CompletableFuture.failedStage(new BusClosedException("publishing message " + message.id()));
        }
        try {
            return CompletableFuture.completedStage(broker.publish(message, wire.encode(message)));
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public <T> Subscription subscribe(SubscriptionRequest<T> request, MessageHandler<T> handler) {
        Objects.requireNonNull(handler, "handler");
        String group = request.groupFor(service, codec.types());
        Set<String> types = Set.copyOf(request.typesIn(codec.types()));
        Member member = new Member(group, types, broker.clock(), TURN);
        return subscriptions.start(member, () -> start(request, handler, member));
    }

    private <T> MessageConsumer<HeldMessage> start(
            SubscriptionRequest<T> request, MessageHandler<T> handler, Member member) {
        InMemorySource source = new InMemorySource(broker, member.group(), member.types(), request);
        sources.removeIf(InMemorySource::hasEnded);
        sources.add(source);
        source.connect();
        return MessageConsumer.start(
                request, member, source, held -> decode(held, request.payload(), source), handler, source::store);
    }

    private <T> Message<T> decode(HeldMessage held, Class<T> payload, InMemorySource source) {
        source.requireHeld(held);
        try {
            return wire.decode(held.message().wire(), payload);
        } catch (RuntimeException e) {
            source.undecodable(held);
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
        subscriptions.close(NO_LIMIT);
    }

    /**
     * Ends the bus as if its process had died: nothing is drained and nothing acknowledged any more, and
     * what its subscriptions hold goes to other members of their groups. Handlers that run are interrupted.
     */
    public void crash() {
        closed = true;
        sources.forEach(InMemorySource::crash);
        subscriptions.close(Duration.ZERO);
    }

    /** What the bus is connected to. */
    public InMemoryBroker broker() {
        return broker;
    }

    /**
     * The messages that were published with data of a class, by whatever bus of the broker, in order.
     * Others are left out, and so is what this bus's codec can't read.
     */
    public <T> List<Message<T>> published(Class<T> payload) {
        Set<String> types = Set.copyOf(SubscriptionRequest.of(payload).typesIn(codec.types()));
        return broker.published().stream()
                .filter(message ->
                        message.header(WireMessage.TYPE).map(types::contains).orElse(false))
                .flatMap(message -> wire.decodeIfPossible(message, payload).stream())
                .toList();
    }
}
