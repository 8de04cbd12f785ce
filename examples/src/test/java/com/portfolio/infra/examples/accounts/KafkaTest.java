package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.testing.server.KafkaServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The program with its messages going through Kafka. */
class KafkaTest {

    private static final String BUS = "MESSAGE_BUS_PROVIDER";
    private static final String BROKERS = "KAFKA_BROKERS";

    @Test
    void withoutBrokersItBringsSomeAlong() {
        ProgramRun run = ProgramRun.of(Map.of(BUS, "kafka"), "", "--memory");

        assertThat(run.status()).as(run.err()).isZero();
        SampleTotals.assertAllOfTheSample(run);
        assertThat(run.err()).contains("Starting an embedded Kafka.");
        assertThat(run.out()).contains("through an embedded Kafka");
        assertThat(run.number("Messages received")).isEqualTo(run.number("Messages published"));
    }

    @Test
    void topicsAtBrokersOfTheUsersAreMadeOnlyIfHeSaysSo() {
        try (KafkaServer kafka = KafkaServer.builder().start()) {
            String brokers = kafka.bootstrapServers();

            ProgramRun refused = ProgramRun.of(Map.of(BUS, "kafka", BROKERS, brokers), "", "--memory");
            ProgramRun done = ProgramRun.of(
                    Map.of(BUS, "kafka", BROKERS, brokers, "KAFKA_CREATE_TOPICS", "true"), "", "--memory");

            assertThat(refused.status()).isNotZero();
            assertThat(refused.err()).contains("events.accounts.").contains("does not exist");
            assertThat(done.status()).as(done.err()).isZero();
            assertThat(done.out()).contains("through the Kafka of KAFKA_BROKERS");
            assertThat(done.number("Messages received")).isEqualTo(done.number("Messages published"));
        }
    }

    @Test
    void brokersThatAreNotThereAreNamed() {
        ProgramRun run = ProgramRun.of(Map.of(BUS, "kafka", BROKERS, "localhost:1"), "", "--memory");

        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains("localhost:1").contains("did not begin within");
    }
}
