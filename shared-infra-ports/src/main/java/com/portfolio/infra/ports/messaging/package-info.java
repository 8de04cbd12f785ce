/**
 * Integration events between services: {@link com.portfolio.infra.ports.messaging.MessagePublisher} sends
 * them, {@link com.portfolio.infra.ports.messaging.MessageSubscriber} hands them to a service's handlers,
 * {@link com.portfolio.infra.ports.messaging.DeadLetterQueue} keeps those that could not be handled.
 *
 * <p>Delivery is at least once on every bus: a handler sees a message again when its member of the group
 * died, or lost the message to another, before the message was acknowledged. A message's source and id
 * are what tells a repetition from a new one.
 *
 * <p>The envelope is that of <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">
 * CloudEvents 1.0</a>, so that services without this library can read what is published and publish what
 * is read. What a bus can't do is said by its {@link com.portfolio.infra.ports.messaging.BusTrait}s, and a
 * subscription that asks for it is refused.
 */
@NullMarked
package com.portfolio.infra.ports.messaging;

import org.jspecify.annotations.NullMarked;
