package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.event.IntegrationEvent;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which messages to hand to a handler, and how.
 *
 * <p>All members of a group ask for the same types, in every process: a message goes to one of them,
 * which passes it over if it did not ask for it. A bus refuses a second subscription of its own to the
 * same group and other types.
 *
 * @param payload        what the data of each message is an instance of
 * @param types          logical names of the types; empty for all whose registered class is a {@code payload}
 * @param group          whose progress this is: 1 to 200 ASCII letters, digits, {@code .}, {@code _} and
 *                       {@code -}; without it, the one that the bus makes from its configuration
 *                       ({@link #groupFor})
 * @param startFrom      where the group starts if it is new; defaults to {@link StartFrom#EARLIEST}
 * @param ordering       which messages wait for each other; defaults to {@link Ordering#KEY}
 * @param concurrency    the greatest number of messages handled at a time by this member; defaults to 8
 * @param maxInFlight    the greatest number of messages in memory, handled, waiting and between two
 *                       attempts; at least {@code concurrency}, defaults to 32 times that
 * @param handlerTimeout how long a handler may take, more than 0 and at most a day; defaults to a minute.
 *                       See {@link DeliveryContext#deadline()}
 * @param redelivery     how often and when a failed message is tried again; defaults to
 *                       {@link RedeliveryPolicy#defaults()}
 * @param pause          when the subscription pauses by itself; never, unless it is asked for
 * @param onUndecodable  what becomes of a message that can't be decoded; defaults to
 *                       {@link OnUndecodable#DEAD_LETTER}
 * @param onExhausted    what becomes of a message whose last attempt failed; defaults to
 *                       {@link OnExhausted#DEAD_LETTER}
 * @param drainTimeout   how long {@link Subscription#close()} waits for running handlers, 0 to a day;
 *                       defaults to 20 seconds
 * @param <T>            the class of the data
 */
@Experimental
public record SubscriptionRequest<T>(
        Class<T> payload,
        Set<String> types,
        Optional<String> group,
        StartFrom startFrom,
        Ordering ordering,
        int concurrency,
        int maxInFlight,
        Duration handlerTimeout,
        RedeliveryPolicy redelivery,
        Optional<PausePolicy> pause,
        OnUndecodable onUndecodable,
        OnExhausted onExhausted,
        Duration drainTimeout) {

    // Brokers make names of topics and queues from it, with a suffix.
    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    /**
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public SubscriptionRequest {
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(startFrom, "startFrom");
        Objects.requireNonNull(ordering, "ordering");
        Objects.requireNonNull(redelivery, "redelivery");
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(onUndecodable, "onUndecodable");
        Objects.requireNonNull(onExhausted, "onExhausted");
        types = Collections.unmodifiableSet(new LinkedHashSet<>(types));
        List<String> problems = new ArrayList<>();
        if (types.stream().anyMatch(String::isBlank)) {
            problems.add("types must not be blank");
        }
        group.filter(name -> !isGroup(name)).ifPresent(name -> problems.add(groupProblem(name)));
        if (concurrency < 1) {
            problems.add("concurrency must be at least 1, not " + concurrency);
        }
        if (maxInFlight < concurrency) {
            problems.add("maxInFlight must be at least the concurrency (" + concurrency + "), not " + maxInFlight);
        }
        if (handlerTimeout.isZero() || !Delays.isDelay(handlerTimeout)) {
            problems.add("handlerTimeout must be more than 0 and at most a day, but is " + handlerTimeout);
        }
        if (!Delays.isDelay(drainTimeout)) {
            problems.add("drainTimeout must not be negative nor longer than a day, but is " + drainTimeout);
        }
        Problems.check(problems, "of the subscription to " + nameOf(payload, types));
    }

    /** All registered types whose class is a {@code payload}, with all defaults. */
    public static <T> SubscriptionRequest<T> of(Class<T> payload) {
        return builder(payload).build();
    }

    /** One type, with all defaults. */
    public static SubscriptionRequest<IntegrationEvent> of(String eventType) {
        return builder(eventType).build();
    }

    /** All registered types whose class is a {@code payload}. */
    public static <T> Builder<T> builder(Class<T> payload) {
        return new Builder<>(payload, Set.of());
    }

    /** Some types, by their logical names. */
    public static Builder<IntegrationEvent> builder(String eventType, String... moreTypes) {
        Set<String> types = new LinkedHashSet<>(List.of(moreTypes));
        types.add(eventType);
        return new Builder<>(IntegrationEvent.class, types);
    }

    /**
     * What a bus must be able to do for this subscription: {@link BusTrait#KEYED_ORDER} for one with
     * {@link Ordering#KEY}, {@link BusTrait#CONSUMER_GROUPS} for one that names a group, and
     * {@link BusTrait#REPLAY} for one with {@link StartFrom#EARLIEST}.
     */
    public Set<BusTrait> demands() {
        Set<BusTrait> demands = EnumSet.noneOf(BusTrait.class);
        if (ordering == Ordering.KEY) {
            demands.add(BusTrait.KEYED_ORDER);
        }
        if (group.isPresent()) {
            demands.add(BusTrait.CONSUMER_GROUPS);
        }
        if (startFrom == StartFrom.EARLIEST) {
            demands.add(BusTrait.REPLAY);
        }
        return demands;
    }

    /**
     * The logical names of the types, for buses.
     *
     * @throws IllegalArgumentException if a named type is not registered, or its class is no
     *         {@code payload}; without names, if no registered class is one
     */
    public Set<String> typesIn(EventTypes registry) {
        if (types.isEmpty()) {
            Set<String> found = registry.names().stream()
                    .filter(name -> isPayload(registry, name))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (found.isEmpty()) {
                throw new IllegalArgumentException("No registered event type has a class that is a " + payload.getName()
                        + "; known are " + registry.names() + ".");
            }
            return found;
        }
        for (String name : types) {
            if (!isPayload(registry, name)) {
                throw new IllegalArgumentException("Event type '" + name + "' is not registered with a class that is a "
                        + payload.getName() + "; known are " + registry.names() + ".");
            }
        }
        return types;
    }

    /**
     * The group of this subscription, for buses: the one it names, or else the service's name, a dot, and
     * the name of its one type. An interface or abstract class, which may stand for further types one day,
     * is represented by its simple name: renaming it makes a new group.
     *
     * @param service  the name of the service, from the bus's configuration
     * @param registry the event types of the bus
     * @throws IllegalArgumentException if a group has to be named: several types were named, or what
     *         comes out is no name of a group
     */
    public String groupFor(String service, EventTypes registry) {
        if (group.isPresent()) {
            return group.get();
        }
        if (types.size() > 1) {
            throw new IllegalArgumentException("A subscription to several named types must name its group; this one to "
                    + nameOf(payload, types) + " does not.");
        }
        String name = service + "." + suffix(registry);
        if (!isGroup(name)) {
            throw new IllegalArgumentException("The subscription to " + nameOf(payload, types)
                    + " must name its group: " + groupProblem(name) + ".");
        }
        return name;
    }

    private String suffix(EventTypes registry) {
        if (!types.isEmpty()) {
            return types.iterator().next();
        }
        boolean open = Modifier.isAbstract(payload.getModifiers());
        return open ? payload.getSimpleName() : registry.typeOf(payload).name();
    }

    private boolean isPayload(EventTypes registry, String name) {
        return registry.classOf(name).filter(payload::isAssignableFrom).isPresent();
    }

    private static boolean isGroup(String name) {
        return GROUP.matcher(name).matches();
    }

    private static String groupProblem(String name) {
        return "group must have 1 to 200 ASCII letters, digits, '.', '_' and '-', unlike '" + name + "'";
    }

    private static String nameOf(Class<?> payload, Set<String> types) {
        return types.isEmpty() ? payload.getName() : String.join(", ", types);
    }

    /**
     * Puts a request together. Not thread-safe.
     *
     * @param <T> the class of the data
     */
    @Experimental
    public static final class Builder<T> {

        private final Class<T> payload;
        private final Set<String> types;
        private @Nullable String group;
        private StartFrom startFrom = StartFrom.EARLIEST;
        private Ordering ordering = Ordering.KEY;
        private int concurrency = 8;
        private @Nullable Integer maxInFlight;
        private Duration handlerTimeout = Duration.ofMinutes(1);
        private RedeliveryPolicy redelivery = RedeliveryPolicy.defaults();
        private @Nullable PausePolicy pause;
        private OnUndecodable onUndecodable = OnUndecodable.DEAD_LETTER;
        private OnExhausted onExhausted = OnExhausted.DEAD_LETTER;
        private Duration drainTimeout = Duration.ofSeconds(20);

        private Builder(Class<T> payload, Set<String> types) {
            this.payload = payload;
            this.types = types;
        }

        /** Whose progress this is. */
        public Builder<T> group(String name) {
            this.group = Objects.requireNonNull(name, "group");
            return this;
        }

        /** Where the group starts if it is new. */
        public Builder<T> startFrom(StartFrom start) {
            this.startFrom = start;
            return this;
        }

        /** Which messages wait for each other. */
        public Builder<T> ordering(Ordering order) {
            this.ordering = order;
            return this;
        }

        /** The greatest number of messages handled at a time. */
        public Builder<T> concurrency(int messages) {
            this.concurrency = messages;
            return this;
        }

        /** The greatest number of messages in memory. */
        public Builder<T> maxInFlight(int messages) {
            this.maxInFlight = messages;
            return this;
        }

        /** How long a handler may take. */
        public Builder<T> handlerTimeout(Duration timeout) {
            this.handlerTimeout = timeout;
            return this;
        }

        /** How often and when a failed message is tried again. */
        public Builder<T> redelivery(RedeliveryPolicy policy) {
            this.redelivery = policy;
            return this;
        }

        /** When the subscription pauses by itself. */
        public Builder<T> pauseAfter(PausePolicy policy) {
            this.pause = Objects.requireNonNull(policy, "pause");
            return this;
        }

        /** What becomes of a message that can't be decoded. */
        public Builder<T> onUndecodable(OnUndecodable choice) {
            this.onUndecodable = choice;
            return this;
        }

        /** What becomes of a message whose last attempt failed. */
        public Builder<T> onExhausted(OnExhausted choice) {
            this.onExhausted = choice;
            return this;
        }

        /** How long closing waits for running handlers. */
        public Builder<T> drainTimeout(Duration timeout) {
            this.drainTimeout = timeout;
            return this;
        }

        /**
         * The request.
         *
         * @throws IllegalArgumentException naming everything that is wrong
         */
        public SubscriptionRequest<T> build() {
            return new SubscriptionRequest<>(
                    payload,
                    types,
                    Optional.ofNullable(group),
                    startFrom,
                    ordering,
                    concurrency,
                    maxInFlight == null ? (int) Math.min(Integer.MAX_VALUE, 32L * concurrency) : maxInFlight,
                    handlerTimeout,
                    redelivery,
                    Optional.ofNullable(pause),
                    onUndecodable,
                    onExhausted,
                    drainTimeout);
        }
    }
}
