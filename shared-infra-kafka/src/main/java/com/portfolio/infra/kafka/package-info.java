/** Kafka: a message bus, a client of a Confluent-compatible schema registry, and health. Nothing yet. */
@NullMarked
package com.portfolio.infra.kafka;

import org.jspecify.annotations.NullMarked;
