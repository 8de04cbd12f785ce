/**
 * Following an event log: {@link com.portfolio.infra.utilities.eventing.CatchUpSubscriptions} over any
 * {@link com.portfolio.infra.ports.eventstore.EventLog}.
 *
 * <p>A subscription is one thread that reads a page, hands it to the handler, moves on, and waits at the
 * end for more. Everything else is around that: {@code CatchUpLoop} is the thread's work, {@code Delivery}
 * hands over and retries, {@code Control} is what the thread shares with whoever looks at the subscription
 * or closes it.
 *
 * <p>A subscription that is shared out over several processes by stream would be several loops, one for
 * each partition: its place is between {@code CatchUpSubscriptions}, which would take partitions over and
 * give them up, and {@code CatchUpLoop}, whose query would select the streams of one. The fence is the
 * checkpoint, which a handler moves together with its effects.
 */
@NullMarked
package com.portfolio.infra.utilities.eventing;

import org.jspecify.annotations.NullMarked;
