package com.portfolio.infra.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.StreamId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a test holds when it is over is written down: else {@link CredentialSearchTest} would find nothing, ever. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TextsOfTestsTest {

    private static final StreamId OF_THE_CLASS = new StreamId("of-the-class");

    private final List<?> nested = List.of(Map.of("key", Optional.of(new Object[] {new StreamId("in-a-field")})));

    private final Supplier<?> captured = capturing(new StreamId("in-a-lambda"));

    private static Supplier<?> capturing(StreamId stream) {
        return () -> stream;
    }

    static Stream<StreamId> arguments() {
        return Stream.of(new StreamId("an-argument"));
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("arguments")
    void aTestHoldsObjectsInItsFieldsAndArguments(StreamId argument) {
        assertThat(nested).hasSize(1);
        assertThat(captured.get()).isNotEqualTo(OF_THE_CLASS).isNotEqualTo(argument);
    }

    @Order(2)
    @Test
    void theirTextsAreInTheFileAfterwards() throws Exception {
        String type = StreamId.class.getName() + ": ";
        assertThat(Files.readAllLines(Path.of("target", "tests.texts")))
                .contains(type + "of-the-class", type + "in-a-field", type + "in-a-lambda", type + "an-argument");
    }
}
