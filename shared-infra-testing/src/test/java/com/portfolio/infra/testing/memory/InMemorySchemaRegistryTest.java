package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.portfolio.infra.ports.schema.CompatibilityMode;
import com.portfolio.infra.ports.schema.InvalidSchemaException;
import com.portfolio.infra.ports.schema.RegisteredSchema;
import com.portfolio.infra.ports.schema.RegistryUnavailableException;
import com.portfolio.infra.ports.schema.Schema;
import com.portfolio.infra.ports.schema.SchemaDifference;
import com.portfolio.infra.ports.schema.SchemaDifference.Breaks;
import com.portfolio.infra.ports.schema.SchemaDifference.Kind;
import com.portfolio.infra.ports.schema.SchemaId;
import com.portfolio.infra.ports.schema.SchemaIncompatibleException;
import com.portfolio.infra.ports.schema.SchemaReference;
import com.portfolio.infra.ports.schema.SchemaRegistry;
import com.portfolio.infra.ports.schema.SchemaRegistryFailedException;
import com.portfolio.infra.ports.schema.Subject;
import com.portfolio.infra.testing.memory.SchemaCall.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class InMemorySchemaRegistryTest {

    private static final Subject PLACED = Subject.of("orders.Placed");
    private static final Subject CANCELLED = Subject.of("orders.Cancelled");

    private final InMemorySchemaRegistry registry = InMemorySchemaRegistry.withoutComparison();

    private static Schema numbered(int number) {
        return Schema.json("{\"title\":\"" + number + "\"}");
    }

    /** Says that everything differs, one way and the other. */
    private static List<SchemaDifference> allDiffers(RegisteredSchema registered, Schema candidate) {
        return List.of(difference(registered, Breaks.BACKWARD), difference(registered, Breaks.FORWARD));
    }

    private static SchemaDifference difference(RegisteredSchema registered, Breaks breaks) {
        return new SchemaDifference(Kind.OTHER, breaks, registered.version(), "$", "it differs");
    }

    @Test
    void sr1_theSameSchemaInCanonicalFormHasTheSameIdAndVersion() {
        RegisteredSchema first = registry.register(
                PLACED, Schema.json("{\"type\":\"object\",\"properties\":{\"a\":{\"x\":1,\"y\":1.50},\"b\":true}}"));
        registry.register(PLACED, numbered(2));

        RegisteredSchema again = registry.register(
                PLACED,
                Schema.json(
                        "{ \"properties\": {\"b\": true,\n \"a\": {\"y\": 1.50, \"x\": 1} }, \"type\": \"object\" }"));

        assertThat(again).isEqualTo(first);
        assertThat(first.version()).isEqualTo(1);
        assertThat(registry.versions(PLACED)).containsExactly(1, 2);
    }

    @Test
    void sr1_schemasThatDifferInMoreThanWhiteSpaceAndOrderOfKeysAreDifferent() {
        List<Schema> schemas = List.of(
                Schema.json("{\"enum\":[1,2]}"),
                Schema.json("{\"enum\":[2,1]}"),
                Schema.json("{\"enum\":[\"1\",2]}"),
                Schema.json("{\"const\":12345678901234567890123}"),
                Schema.json("{\"const\":12345678901234567890124}"),
                Schema.json("{\"title\":\" a\"}"),
                Schema.json("{\"title\":\"a\"}"),
                Schema.avro("{\"title\":\"a\"}"),
                Schema.avro("\"string\""),
                Schema.json("true"));

        schemas.forEach(schema -> registry.register(PLACED, schema));

        assertThat(registry.versions(PLACED)).hasSize(schemas.size());
    }

    @Test
    void sr1_idsAreImmutableAndLeadToWhatWasRegistered() {
        RegisteredSchema one = registry.register(PLACED, numbered(1));
        RegisteredSchema other = registry.register(CANCELLED, numbered(1));

        assertThat(registry.findById(one.id()).orElseThrow().schema()).isEqualTo(numbered(1));
        assertThat(registry.findById(other.id()).orElseThrow().schema()).isEqualTo(numbered(1));
        assertThat(registry.findById(SchemaId.of(99))).isEmpty();
    }

    @Test
    void sr2_versionsCountFromOneInEachSubject() {
        registry.register(PLACED, numbered(1));
        registry.register(CANCELLED, numbered(7));
        RegisteredSchema second = registry.register(PLACED, numbered(2));

        assertThat(registry.latest(PLACED)).contains(second);
        assertThat(registry.version(PLACED, 1).orElseThrow().schema()).isEqualTo(numbered(1));
        assertThat(registry.version(PLACED, 3)).isEmpty();
        assertThat(registry.versions(CANCELLED)).containsExactly(1);
        assertThat(registry.lookup(PLACED, numbered(2))).contains(second);
        assertThat(registry.lookup(CANCELLED, numbered(2))).isEmpty();
        assertThat(registry.latest(Subject.of("unknown"))).isEmpty();
        assertThat(registry.versions(Subject.of("unknown"))).isEmpty();
        assertThatThrownBy(() -> registry.version(PLACED, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void sr2_racingRegistrationsLeaveNoHoleAndNoDouble(long seed) throws Exception {
        int threads = 8;
        int schemas = 50;
        ConcurrentLinkedQueue<RegisteredSchema> seen = new ConcurrentLinkedQueue<>();
        CyclicBarrier start = new CyclicBarrier(threads);
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            Random random = new Random(seed * 100 + thread);
            tasks.add(new FutureTask<>(() -> {
                start.await();
                for (int i = 0; i < 500; i++) {
                    seen.add(registry.register(PLACED, numbered(random.nextInt(schemas))));
                }
                return true;
            }));
        }
        tasks.forEach(task -> new Thread(task).start());
        for (FutureTask<Boolean> task : tasks) {
            assertThat(task.get()).isTrue();
        }

        List<Integer> all = registry.versions(PLACED);
        assertThat(all).isEqualTo(IntStream.rangeClosed(1, all.size()).boxed().toList());
        assertThat(all.size()).isLessThanOrEqualTo(schemas);
        assertThat(seen.stream().collect(Collectors.groupingBy(RegisteredSchema::schema)))
                .allSatisfy((schema, registrations) -> assertThat(registrations).containsOnly(registrations.get(0)));
        assertThat(seen.stream().map(RegisteredSchema::id).distinct()).hasSize(all.size());
    }

    @Test
    void whatIsNoJsonOrCannotBeASchemaIsRefused() {
        for (Schema invalid : List.of(
                Schema.json("{"),
                Schema.json(""),
                Schema.json("{} {}"),
                Schema.json("{\"a\":1,\"a\":2}"),
                Schema.json("[]"),
                Schema.json("1"),
                Schema.json("null"),
                Schema.avro("true"))) {
            assertThatThrownBy(() -> registry.register(PLACED, invalid))
                    .as(invalid.text())
                    .isInstanceOf(InvalidSchemaException.class)
                    .hasMessageContaining("orders.Placed");
        }
        assertThat(registry.versions(PLACED)).isEmpty();
    }

    @Test
    void aReferenceMustLeadSomewhereAndIsPartOfTheSchema() {
        Schema alone = numbered(1);
        Schema referring = alone.with(new SchemaReference("other", CANCELLED, 1));
        assertThatThrownBy(() -> registry.register(PLACED, referring))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("orders.Cancelled");

        registry.register(CANCELLED, numbered(1));

        assertThat(registry.register(PLACED, referring).version()).isEqualTo(1);
        assertThat(registry.register(PLACED, alone).version()).isEqualTo(2);
    }

    @Test
    void sr3_aSubjectHasTheDefaultModeUntilItGetsItsOwn() {
        SchemaRegistry backward =
                InMemorySchemaRegistry.comparing(CompatibilityMode.BACKWARD, (registered, candidate) -> List.of());
        backward.setCompatibility(PLACED, CompatibilityMode.FULL);

        assertThat(backward.compatibility(PLACED)).isEqualTo(CompatibilityMode.FULL);
        assertThat(backward.compatibility(CANCELLED)).isEqualTo(CompatibilityMode.BACKWARD);
        assertThat(registry.compatibility(PLACED)).isEqualTo(CompatibilityMode.NONE);
        assertThat(backward.register(PLACED, numbered(1)).version()).isEqualTo(1);
        assertThat(backward.register(PLACED, numbered(2)).version()).isEqualTo(2);
    }

    @Test
    void sr3_aModeThatDemandsAComparisonIsNotPretendedToBeChecked() {
        registry.setCompatibility(PLACED, CompatibilityMode.BACKWARD);
        registry.register(PLACED, numbered(1));

        assertThatThrownBy(() -> registry.register(PLACED, numbered(2)))
                .isInstanceOf(SchemaRegistryFailedException.class)
                .hasMessageContaining("SchemaComparison");
        assertThatThrownBy(() -> registry.checkCompatibility(PLACED, numbered(2)))
                .isInstanceOf(SchemaRegistryFailedException.class);

        assertThat(registry.versions(PLACED)).containsExactly(1);
        assertThat(registry.register(PLACED, numbered(1)).version()).isEqualTo(1);
        assertThat(registry.checkCompatibility(PLACED, numbered(1)).isCompatible())
                .isTrue();
    }

    @Test
    void sr3_differencesThatTheModeForbidsAreReportedAndNothingIsRegistered() {
        SchemaRegistry comparing =
                InMemorySchemaRegistry.comparing(CompatibilityMode.NONE, InMemorySchemaRegistryTest::allDiffers);
        comparing.register(PLACED, numbered(1));
        comparing.register(PLACED, numbered(2));
        Schema third = numbered(3);

        for (CompatibilityMode mode : CompatibilityMode.values()) {
            comparing.setCompatibility(PLACED, mode);
            List<SchemaDifference> found =
                    comparing.checkCompatibility(PLACED, third).differences();

            int directions = (mode.isBackward() ? 1 : 0) + (mode.isForward() ? 1 : 0);
            assertThat(found).as("%s", mode).hasSize(directions * (mode.isTransitive() ? 2 : 1));
            assertThat(found)
                    .extracting(SchemaDifference::version)
                    .isSubsetOf(mode.isTransitive() ? List.of(1, 2) : List.of(2));
            if (mode != CompatibilityMode.NONE) {
                SchemaIncompatibleException refusal = catchThrowableOfType(
                        SchemaIncompatibleException.class, () -> comparing.register(PLACED, third));
                assertThat(refusal.report().differences()).isEqualTo(found);
            }
        }
        assertThat(comparing.versions(PLACED)).containsExactly(1, 2);
    }

    @Test
    void failsOnPurposeBeforeOrAfterwards() {
        registry.faults().failNext(call -> new RegistryUnavailableException("away", null));
        assertThatThrownBy(() -> registry.register(PLACED, numbered(1)))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThat(registry.versions(PLACED)).isEmpty();

        registry.faults()
                .failNextAfterwards(
                        1,
                        call -> call.operation() == Operation.REGISTER,
                        call -> new RegistryUnavailableException("away", null));
        assertThat(registry.latest(PLACED)).isEmpty();
        assertThatThrownBy(() -> registry.register(PLACED, numbered(1)))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThat(registry.register(PLACED, numbered(1)).version()).isEqualTo(1);
        assertThat(registry.faults().struck()).isEqualTo(2);
    }
}
