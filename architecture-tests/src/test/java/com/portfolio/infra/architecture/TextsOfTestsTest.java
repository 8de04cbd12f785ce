package com.portfolio.infra.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.StreamId;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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

    private final List<?> extending = List.of(
            new OurList(new StreamId("in-our-list")),
            new OurMap(new StreamId("in-our-map")),
            new OurReference(new StreamId("in-our-reference")));

    private final OurInterface proxy = proxied(new StreamId("in-our-proxy"));

    private final Lazy lazy = new Lazy(new StreamId("in-a-field-of-our-lazy-list"));

    private static Supplier<?> capturing(StreamId stream) {
        return () -> stream;
    }

    private static OurInterface proxied(StreamId stream) {
        return (OurInterface) Proxy.newProxyInstance(
                OurInterface.class.getClassLoader(),
                new Class<?>[] {OurInterface.class},
                (object, method, arguments) -> method.getName().equals("stream") ? stream : "a proxy");
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
        assertThat(extending).hasSize(3);
        assertThat(proxy.stream()).isNotEqualTo(lazy.stream);
    }

    @Order(2)
    @Test
    void theirTextsAreInTheFileAfterwards() throws Exception {
        String type = StreamId.class.getName() + ": ";
        assertThat(Files.readAllLines(Path.of("target", "tests.texts")))
                .contains(type + "of-the-class", type + "in-a-field", type + "in-a-lambda", type + "an-argument")
                .contains(type + "in-our-list", type + "in-our-map", type + "in-our-reference", type + "in-our-proxy")
                .contains(type + "in-a-field-of-our-lazy-list");
    }

    /** Not public, so that the class of its proxies is in its package. */
    interface OurInterface {

        StreamId stream();
    }

    private static final class OurList extends ArrayList<StreamId> {

        private static final long serialVersionUID = 1;

        OurList(StreamId stream) {
            add(stream);
        }
    }

    private static final class OurMap extends HashMap<String, StreamId> {

        private static final long serialVersionUID = 1;

        OurMap(StreamId stream) {
            put("key", stream);
        }
    }

    private static final class OurReference extends AtomicReference<StreamId> {

        private static final long serialVersionUID = 1;

        OurReference(StreamId stream) {
            super(stream);
        }
    }

    /** Its elements are made by code of ours when they are read. */
    private static final class Lazy extends AbstractList<StreamId> {

        private final StreamId stream;

        Lazy(StreamId stream) {
            this.stream = stream;
        }

        @Override
        public StreamId get(int index) {
            throw new IllegalStateException("Nobody is to read this list.");
        }

        @Override
        public int size() {
            throw new IllegalStateException("Nobody is to read this list.");
        }
    }
}
