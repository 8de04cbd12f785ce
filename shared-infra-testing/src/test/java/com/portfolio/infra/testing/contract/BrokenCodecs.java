package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.testing.contract.KitEvent.Noted;
import com.portfolio.infra.testing.contract.KitEvent.Priced;
import com.portfolio.infra.testing.contract.KitEvent.Unwritable;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Event stores that write and read their payloads wrongly on purpose. */
final class BrokenCodecs {

    private BrokenCodecs() {}

    static Stream<Mutant<EventStoreFixture>> all() {
        return Stream.of(
                encoding("losesTheScaleOfDecimals", new Codec() {
                    @Override
                    public EncodedPayload encode(Object payload) {
                        return super.encode(
                                payload instanceof Priced priced && priced.amount() != null
                                        ? new Priced(stripped(priced), priced.count())
                                        : payload);
                    }
                }),
                encoding("dropsNulCharacters", new Codec() {
                    @Override
                    public EncodedPayload encode(Object payload) {
                        return super.encode(
                                payload instanceof Noted noted && noted.text() != null
                                        ? new Noted(String.valueOf(noted.text()).replace("\0", ""))
                                        : payload);
                    }
                }),
                encoding("writesHalfASurrogatePairAsAQuestionMark", new Codec() {
                    @Override
                    public EncodedPayload encode(Object payload) {
                        try {
                            return super.encode(payload);
                        } catch (EventEncodingException e) {
                            if (payload instanceof Noted) {
                                return super.encode(new Noted("?"));
                            }
                            throw e;
                        }
                    }
                }),
                encoding("losesMetadata", new Codec() {
                    @Override
                    public String encodeMetadata(Metadata metadata) {
                        return super.encodeMetadata(Metadata.empty());
                    }
                }),
                encoding("doesNotUpcast", new Codec() {
                    @Override
                    public Object decode(EncodedPayload encoded) {
                        return super.decode(
                                encoded.type().equals(EventType.of(KitCodecs.OPENED))
                                        ? new EncodedPayload(new EventType(KitCodecs.OPENED, 2), encoded.data())
                                        : encoded);
                    }
                }),
                encoding("storesWhatCantBeWrittenAsNothing", new Codec() {
                    @Override
                    public EncodedPayload encode(Object payload) {
                        return payload instanceof Unwritable
                                ? new EncodedPayload(EventType.of("kit.Unwritable"), "{}")
                                : super.encode(payload);
                    }
                }));
    }

    private static Mutant<EventStoreFixture> encoding(String name, EventCodec codec) {
        return new Mutant<>(name, () -> new InMemoryFixture(codec));
    }

    private static @Nullable BigDecimal stripped(Priced priced) {
        return priced.amount() == null ? null : priced.amount().stripTrailingZeros();
    }

    /** A codec to break. */
    private static class Codec implements EventCodec {

        @Override
        public EventTypes types() {
            return KitCodecs.current().types();
        }

        @Override
        public EncodedPayload encode(Object payload) {
            return KitCodecs.current().encode(payload);
        }

        @Override
        public Object decode(EncodedPayload encoded) {
            return KitCodecs.current().decode(encoded);
        }

        @Override
        public String encodeMetadata(Metadata metadata) {
            return KitCodecs.current().encodeMetadata(metadata);
        }

        @Override
        public Metadata decodeMetadata(String encoded) {
            return KitCodecs.current().decodeMetadata(encoded);
        }
    }
}
