package com.portfolio.infra.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Has a thread that polls pass a {@link Freezer}. Kafka makes it by its name. */
public final class FreezingInterceptor implements ConsumerInterceptor<byte[], byte[]> {

    static final String FREEZER = "tests.freezer";

    private Freezer freezer = new Freezer();

    @Override
    public void configure(Map<String, ?> configs) {
        freezer = (Freezer) configs.get(FREEZER);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        freezer.pass();
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        freezer.pass();
    }

    @Override
    public void close() {}
}
