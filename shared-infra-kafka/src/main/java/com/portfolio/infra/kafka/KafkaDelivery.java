package com.portfolio.infra.kafka;

import com.portfolio.infra.utilities.messaging.Delivery;
import com.portfolio.infra.utilities.messaging.WireMessage;
import java.util.Optional;

/** A record as a consumer received it. */
final class KafkaDelivery implements Delivery {

    private final OriginalRecord record;
    private final Slot slot;
    private final Optional<String> key;

    KafkaDelivery(OriginalRecord record, Slot slot) {
        this.record = record;
        this.slot = slot;
        this.key = record.keyText();
    }

    /** What was published, and by whom it was failed before. */
    OriginalRecord record() {
        return record;
    }

    /** Its place among what its partition is not done with. */
    Slot slot() {
        return slot;
    }

    @Override
    public Optional<String> key() {
        return key;
    }

    @Override
    public Optional<String> type() {
        return KafkaRecords.header(record.headers(), WireMessage.TYPE);
    }

    @Override
    public Optional<String> messageId() {
        return KafkaRecords.header(record.headers(), WireMessage.ID);
    }

    @Override
    public String destination() {
        return record.topic();
    }

    @Override
    public String position() {
        return record.position();
    }

    WireMessage wire() {
        return KafkaRecords.wire(record.headers(), record.value());
    }

    /** What a letter of it is called: as storing may be repeated, the same each time. */
    String letterId() {
        return slot.partition().id().topic() + "/" + slot.partition().id().partition() + "/" + slot.offset();
    }
}
