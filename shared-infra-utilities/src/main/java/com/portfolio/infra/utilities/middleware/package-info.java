/**
 * What stands around every call: tracing, metrics, logging and the handling of errors, in
 * {@link com.portfolio.infra.utilities.middleware.MiddlewareChain} one after the other.
 *
 * <p>The order is {@code tracing(metrics(logging(error handling(resilience(adapter)))))}; a chain puts its parts into it
 * by itself. Decorators apply a chain to the ports, and wrappers to handlers of messages, events and HTTP requests.
 */
@NullMarked
package com.portfolio.infra.utilities.middleware;

import org.jspecify.annotations.NullMarked;
