package com.portfolio.infra.ports.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.portfolio.infra.ports.event.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaValuesTest {

    private static final Subject ORDERS = Subject.of("orders.OrderPlaced");

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u0000", "a\n", "\uD800"})
    void aSubjectIsTextThatCanBeRead(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Subject.of(value));
    }

    @Test
    void aSubjectHasAtMost255Characters() {
        assertThat(Subject.of("x".repeat(255)).value()).hasSize(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subject.of("x".repeat(256)))
                .withMessageContaining("256");
    }

    @Test
    void allSchemaVersionsOfAnEventTypeAreOfOneSubject() {
        assertThat(Subject.of(new EventType("orders.OrderPlaced", 1))).isEqualTo(ORDERS);
        assertThat(Subject.of(new EventType("orders.OrderPlaced", 2))).isEqualTo(ORDERS);
    }

    @Test
    void referencesOfASchemaHaveNamesOfTheirOwn() {
        Schema schema = Schema.json("{}").with(new SchemaReference("money.json", Subject.of("money"), 1));

        assertThat(schema.references()).hasSize(1);
        assertThat(schema.format()).isEqualTo(SchemaFormat.JSON_SCHEMA);
        assertThat(Schema.avro("\"string\"").format()).isEqualTo(SchemaFormat.AVRO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schema.with(new SchemaReference("money.json", Subject.of("cash"), 2)))
                .withMessageContaining("'money.json'");
        assertThatIllegalArgumentException().isThrownBy(() -> new SchemaReference(" ", ORDERS, 1));
    }

    @Test
    void idsAndVersionsStartAtOne() {
        assertThat(new RegisteredSchema(SchemaId.of(1), ORDERS, 1, Schema.json("{}")).version())
                .isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> SchemaId.of(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegisteredSchema(SchemaId.of(1), ORDERS, 0, Schema.json("{}")));
        assertThatIllegalArgumentException().isThrownBy(() -> new SchemaReference("a", ORDERS, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, false, false, false",
        "BACKWARD, true, false, false",
        "BACKWARD_TRANSITIVE, true, false, true",
        "FORWARD, false, true, false",
        "FORWARD_TRANSITIVE, false, true, true",
        "FULL, true, true, false",
        "FULL_TRANSITIVE, true, true, true"
    })
    void aModeLooksInItsDirectionsAndAtItsVersions(
            CompatibilityMode mode, boolean backward, boolean forward, boolean transitive) {
        assertThat(mode.isBackward()).isEqualTo(backward);
        assertThat(mode.isForward()).isEqualTo(forward);
        assertThat(mode.isTransitive()).isEqualTo(transitive);
    }

    @Test
    void aReportIsCompatibleIfNothingBreaksItsMode() {
        assertThat(CompatibilityReport.compatible(CompatibilityMode.FULL).isCompatible())
                .isTrue();
        assertThat(new CompatibilityReport(CompatibilityMode.FULL, List.of(difference(SchemaDifference.Breaks.FORWARD)))
                        .isCompatible())
                .isFalse();
    }

    @Test
    void aReportHasNoDifferenceThatItsModeAllows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CompatibilityReport(
                        CompatibilityMode.BACKWARD, List.of(difference(SchemaDifference.Breaks.FORWARD))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CompatibilityReport(
                        CompatibilityMode.FORWARD, List.of(difference(SchemaDifference.Breaks.BACKWARD))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CompatibilityReport(
                        CompatibilityMode.NONE, List.of(difference(SchemaDifference.Breaks.BACKWARD))));
    }

    @Test
    void aRefusalNamesEveryDifferenceAndItsPath() {
        SchemaIncompatibleException refusal = new SchemaIncompatibleException(
                ORDERS,
                new CompatibilityReport(
                        CompatibilityMode.FULL,
                        List.of(
                                difference(SchemaDifference.Breaks.FORWARD),
                                difference(SchemaDifference.Breaks.BACKWARD))));

        assertThat(refusal.isRetryable()).isFalse();
        assertThat(refusal.report().differences()).hasSize(2);
        assertThat(refusal.subject()).isEqualTo(ORDERS);
        assertThat(refusal).hasMessage("""
                        The schema for subject 'orders.OrderPlaced' is not FULL compatible, so it was not registered:
                        the required field 'amount' is gone (PROPERTY_REMOVED at $.properties.amount, FORWARD with version 3)
                        the required field 'amount' is gone (PROPERTY_REMOVED at $.properties.amount, BACKWARD with version 3)\
                        """);
    }

    @Test
    void aPathIsAJsonPath() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SchemaViolation("/amount", "is required"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SchemaDifference(
                        SchemaDifference.Kind.OTHER, SchemaDifference.Breaks.FORWARD, 1, "amount", "changed"));
    }

    @Test
    void aPayloadThatDoesNotFitIsRefusedWithEveryViolation() {
        PayloadViolatesSchemaException refusal = new PayloadViolatesSchemaException(
                ORDERS,
                2,
                List.of(new SchemaViolation("$.amount", "is required"), new SchemaViolation("$.id", "is no text")));

        assertThat(refusal).hasMessageContainingAll("version 2", "$.amount: is required", "$.id: is no text");
        assertThat(refusal.violations()).hasSize(2);
        assertThat(refusal.version()).isEqualTo(2);
        assertThat(refusal.isRetryable()).isFalse();
    }

    @Test
    void onlyARegistryThatIsLostIsWorthARetry() {
        assertThat(new RegistryUnavailableException("lost", null).isRetryable()).isTrue();
        assertThat(new SchemaRegistryFailedException("refused", null).isRetryable())
                .isFalse();
        InvalidSchemaException invalid = new InvalidSchemaException(ORDERS, "no JSON at line 1", null);
        assertThat(invalid.isRetryable()).isFalse();
        assertThat(invalid)
                .hasMessageContainingAll("orders.OrderPlaced", "no JSON at line 1", "Nothing was registered");
    }

    private static SchemaDifference difference(SchemaDifference.Breaks breaks) {
        return new SchemaDifference(
                SchemaDifference.Kind.PROPERTY_REMOVED,
                breaks,
                3,
                "$.properties.amount",
                "the required field 'amount' is gone");
    }
}
