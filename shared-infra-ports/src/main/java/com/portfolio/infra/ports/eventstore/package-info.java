/**
 * Storing events: the {@link com.portfolio.infra.ports.eventstore.EventStore} by stream, for the command
 * side, and the {@link com.portfolio.infra.ports.eventstore.EventLog} in global order, for everything
 * that follows.
 */
@NullMarked
package com.portfolio.infra.ports.eventstore;

import org.jspecify.annotations.NullMarked;
