package com.portfolio.infra.utilities.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EventTypes;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.chrono.ChronoLocalDate;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ES.12: an event that could be written and never read is refused before one is stored. */
class AbstractComponentsTest {

    // What can't be made

    sealed interface Kind permits Small {}

    record Small(int size) implements Kind {}

    abstract static class Shape {}

    interface NotDeclared {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    sealed interface NotNamed permits Nameless {}

    record Nameless(int x) implements NotNamed {}

    record Direct(String id, Kind kind) implements DomainEvent {}

    record OfAbstractClass(Shape shape) implements DomainEvent {}

    record InList(List<Kind> kinds) implements DomainEvent {}

    record InListOfLists(List<List<Kind>> kinds) implements DomainEvent {}

    @SuppressWarnings("ArrayRecordComponent") // an array is what is looked into
    record InArray(Kind[] kinds) implements DomainEvent {}

    record InMap(Map<String, Set<Kind>> kinds) implements DomainEvent {}

    record InOptional(Optional<Kind> kind) implements DomainEvent {}

    record InOptionalList(Optional<List<Kind>> kinds) implements DomainEvent {}

    record Inner(NotDeclared what) {}

    record Outer(Inner inner) {}

    record InNested(List<Outer> outers) implements DomainEvent {}

    record Box<T>(T value) {}

    record InGeneric(Box<Kind> box) implements DomainEvent {}

    record InBound<T extends Kind>(T value) implements DomainEvent {}

    record InWildcard(List<? extends Kind> kinds) implements DomainEvent {}

    record InRecursive(List<InRecursive> children, Kind kind) implements DomainEvent {}

    record NamesNoSubtype(NotNamed what) implements DomainEvent {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = Holder.class, name = "holder"))
    interface Held {}

    record Holder(Kind kind) implements Held {}

    record InSubtype(Held held) implements DomainEvent {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = StillAbstract.class, name = "abstract"))
    interface NamesAbstract {}

    interface StillAbstract extends NamesAbstract {}

    record NamesOnlyAnAbstractSubtype(NamesAbstract what) implements DomainEvent {}

    record Delegating(Kind kind) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Delegating {}
    }

    record InDelegate(Delegating wrapped) implements DomainEvent {}

    static final class FromKind extends StdConverter<Kind, Small> {
        @Override
        public Small convert(Kind value) {
            return (Small) value;
        }
    }

    record InConverter(
            @JsonDeserialize(converter = FromKind.class) Small small) implements DomainEvent {}

    record OfComparable(Comparable<String> any) implements DomainEvent {}

    record OfChronoDate(ChronoLocalDate date) implements DomainEvent {}

    static final class Bean implements DomainEvent {
        public @Nullable Kind kind;
    }

    private static Stream<Arguments> whatCannotBeMade() {
        return Stream.of(
                Arguments.of(Direct.class, "$.kind", Kind.class),
                Arguments.of(OfAbstractClass.class, "$.shape", Shape.class),
                Arguments.of(InList.class, "$.kinds[*]", Kind.class),
                Arguments.of(InListOfLists.class, "$.kinds[*][*]", Kind.class),
                Arguments.of(InArray.class, "$.kinds[*]", Kind.class),
                Arguments.of(InMap.class, "$.kinds.*[*]", Kind.class),
                Arguments.of(InOptional.class, "$.kind", Kind.class),
                Arguments.of(InOptionalList.class, "$.kinds[*]", Kind.class),
                Arguments.of(InNested.class, "$.outers[*].inner.what", NotDeclared.class),
                Arguments.of(InGeneric.class, "$.box.value", Kind.class),
                Arguments.of(InBound.class, "$.value", Kind.class),
                Arguments.of(InWildcard.class, "$.kinds[*]", Kind.class),
                Arguments.of(InRecursive.class, "$.kind", Kind.class),
                Arguments.of(NamesNoSubtype.class, "$.what", NotNamed.class),
                Arguments.of(InSubtype.class, "$.held.kind", Kind.class),
                Arguments.of(NamesOnlyAnAbstractSubtype.class, "$.what", NamesAbstract.class),
                Arguments.of(InDelegate.class, "$.wrapped", Kind.class),
                Arguments.of(InConverter.class, "$.small", Kind.class),
                Arguments.of(OfComparable.class, "$.any", Comparable.class),
                Arguments.of(OfChronoDate.class, "$.date", ChronoLocalDate.class),
                Arguments.of(Bean.class, "$.kind", Kind.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatCannotBeMade")
    void aComponentThatNothingSaysHowToMakeIsRefusedWhenTheCodecIsBuilt(
            Class<?> type, String path, Class<?> component) {
        assertThatThrownBy(() -> FidelityTest.codec(Small.class, type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Event type test." + type.getSimpleName() + " v1 can't be read as "
                        + type.getName() + " at " + path + ": nothing says how to make " + component.getName())
                .hasMessageEndingWith("which is abstract; name its subtypes with @JsonTypeInfo(use = NAME) and"
                        + " @JsonSubTypes, give it a deserializer, or use a concrete type.");
    }

    @Test
    void anEventTypeThatIsItselfAbstractIsRefused() {
        assertThatThrownBy(() -> FidelityTest.codec(NotDeclared.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(" at $: nothing says how to make " + NotDeclared.class.getName());
    }

    // What can

    enum Level {
        LOW {
            @Override
            int weight() {
                return 1;
            }
        };

        abstract int weight();
    }

    record OfTheJdk(
            Object object,
            Number number,
            CharSequence text,
            Iterable<Integer> iterable,
            Collection<String> collection,
            NavigableSet<String> set,
            NavigableMap<Integer, String> map,
            ConcurrentMap<String, Integer> concurrent,
            Map.Entry<String, Integer> entry,
            EnumSet<Level> levels,
            EnumMap<Level, DayOfWeek> byLevel,
            Level level,
            ZoneId zone,
            Instant at)
            implements DomainEvent {}

    record Tree(
            String name,
            List<Tree> children,
            Optional<Tree> left,
            Map<String, Tree> byName,
            @Nullable Tree right) implements DomainEvent {

        static Tree leaf() {
            return new Tree("leaf", List.of(), Optional.empty(), Map.of(), null);
        }
    }

    record Pair<A, B>(A first, B second) {}

    record Generic(Pair<Box<Small>, List<Box<Instant>>> pair) implements DomainEvent {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Leaf.class, name = "leaf"),
        @JsonSubTypes.Type(value = Sum.class, name = "sum")
    })
    sealed interface Term permits Leaf, Sum {}

    record Leaf(int value) implements Term {}

    record Sum(List<Term> terms, Optional<Term> last, Map<String, Term> named) implements Term {}

    record Computed(Term term) implements DomainEvent {}

    record NamedAtTheField(
            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
            @JsonSubTypes(@JsonSubTypes.Type(value = Small.class, name = "small"))
            Kind kind,

            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
            @JsonSubTypes(@JsonSubTypes.Type(value = Small.class, name = "small"))
            List<Kind> kinds,

            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
            @JsonSubTypes(@JsonSubTypes.Type(value = Small.class, name = "small"))
            Optional<Kind> maybe)
            implements DomainEvent {}

    static final class KindReader extends JsonDeserializer<Kind> {
        @Override
        public Kind deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return context.readValue(parser, Small.class);
        }
    }

    static final class ToKind extends StdConverter<Small, Kind> {
        @Override
        public Kind convert(Small value) {
            return value;
        }
    }

    record WithDeserializer(
            @JsonDeserialize(using = KindReader.class) Kind using,

            @JsonDeserialize(contentUsing = KindReader.class)
            List<Kind> inList,

            @JsonDeserialize(contentUsing = KindReader.class)
            Optional<Kind> inOptional,

            @JsonDeserialize(as = Small.class) Kind as,
            @JsonDeserialize(contentAs = Small.class) Map<String, Kind> contentAs,
            @JsonDeserialize(converter = ToKind.class) Kind converted)
            implements DomainEvent {}

    interface Currency {

        @JsonValue
        String code();

        @JsonCreator
        static Currency of(String code) {
            return new Iso(code);
        }
    }

    record Iso(String code) implements Currency {
        @JsonValue
        @Override
        public String code() {
            return code;
        }
    }

    record WithFactory(Currency currency) implements DomainEvent {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = Derived.class, name = "derived"))
    sealed interface Family extends DomainEvent permits Derived {}

    @JsonTypeName("derived")
    record Derived(int x) implements Family {}

    static final class Ignoring implements DomainEvent {
        public int kept;

        @JsonIgnore
        public @Nullable Kind ignored;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Ignoring same && same.kept == kept;
        }

        @Override
        public int hashCode() {
            return kept;
        }
    }

    private static Stream<DomainEvent> whatCanBeMade() {
        Tree leaf = Tree.leaf();
        return Stream.of(
                new OfTheJdk(
                        "object",
                        1,
                        "text",
                        List.of(1),
                        List.of("a"),
                        new TreeSet<>(Set.of("a")),
                        new TreeMap<>(Map.of(1, "a")),
                        new ConcurrentHashMap<>(Map.of("a", 1)),
                        Map.entry("a", 1),
                        EnumSet.of(Level.LOW),
                        new EnumMap<>(Map.of(Level.LOW, DayOfWeek.FRIDAY)),
                        Level.LOW,
                        ZoneId.of("Europe/Zurich"),
                        Instant.EPOCH),
                new Tree("root", List.of(leaf), Optional.of(leaf), Map.of("a", leaf), leaf),
                new Generic(new Pair<>(new Box<>(new Small(1)), List.of(new Box<>(Instant.EPOCH)))),
                new Computed(new Sum(List.of(new Leaf(1)), Optional.of(new Leaf(2)), Map.of("a", new Leaf(3)))),
                new NamedAtTheField(new Small(1), List.of(new Small(2)), Optional.of(new Small(3))),
                new WithDeserializer(
                        new Small(1),
                        List.of(new Small(2)),
                        Optional.of(new Small(3)),
                        new Small(4),
                        Map.of("a", new Small(5)),
                        new Small(6)),
                new WithFactory(new Iso("EUR")),
                new Derived(1),
                new Ignoring());
    }

    @ParameterizedTest
    @MethodSource("whatCanBeMade")
    void whatCanBeMadeIsNoProblem(DomainEvent event) {
        JacksonEventCodec codec = FidelityTest.codec(event.getClass());
        assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
    }

    record WithoutEquality(AtomicReference<Small> reference, Deque<Small> deque, Queue<Small> queue)
            implements DomainEvent {}

    @Test
    void referencesWithoutEqualityAreNoProblem() {
        JacksonEventCodec codec = FidelityTest.codec(WithoutEquality.class);
        WithoutEquality back = (WithoutEquality) codec.decode(codec.encode(new WithoutEquality(
                new AtomicReference<>(new Small(1)),
                new ArrayDeque<>(List.of(new Small(2))),
                new ArrayDeque<>(List.of(new Small(3))))));
        assertThat(back.reference().get()).isEqualTo(new Small(1));
        assertThat(back.deque()).containsExactly(new Small(2));
        assertThat(back.queue()).containsExactly(new Small(3));
    }

    @Test
    void aModuleMaySayHowToMakeIt() {
        EventTypes types = EventTypes.of(Direct.class, "test.Direct");
        Direct event = new Direct("id", new Small(1));
        SimpleModule reader = new SimpleModule("reader").addDeserializer(Kind.class, new KindReader());
        SimpleModule mapping = new SimpleModule("mapping").addAbstractTypeMapping(Kind.class, Small.class);
        for (SimpleModule module : List.of(reader, mapping)) {
            JacksonEventCodec codec =
                    JacksonEventCodec.builder(types).modules(module).build();
            assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
        }
    }

    @Test
    void aModuleMayNameTheSubtypes() {
        SimpleModule names = new SimpleModule("names");
        names.registerSubtypes(new NamedType(Nameless.class, "nameless"));
        JacksonEventCodec codec = JacksonEventCodec.builder(EventTypes.of(NamesNoSubtype.class, "test.NamesNoSubtype"))
                .modules(names)
                .build();
        NamesNoSubtype event = new NamesNoSubtype(new Nameless(1));
        assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
    }
}
