package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.eventstore.RecordedEvent;
import java.time.Instant;

/**
 * An event that a handler could not handle.
 *
 * @param subscription the name of the subscription
 * @param event        the event
 * @param failure      what the handler threw last
 * @param parkedAt     when it was given up
 */
public record ParkedEvent(String subscription, RecordedEvent event, Exception failure, Instant parkedAt) {}
