/**
 * The consumers of message buses: one engine, {@link com.portfolio.infra.utilities.messaging.MessageConsumer}, over what
 * each broker has of its own, a {@link com.portfolio.infra.utilities.messaging.DeliverySource}. For adapters.
 */
@NullMarked
package com.portfolio.infra.utilities.messaging;

import org.jspecify.annotations.NullMarked;
