/**
 * Kafka: a {@linkplain com.portfolio.infra.kafka.KafkaMessageBus message bus} with dead letters, and
 * {@linkplain com.portfolio.infra.kafka.KafkaHealthCheck health}, of one
 * {@linkplain com.portfolio.infra.kafka.KafkaCluster cluster}.
 */
@NullMarked
package com.portfolio.infra.kafka;

import org.jspecify.annotations.NullMarked;
