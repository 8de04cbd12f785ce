/**
 * Calls to what may be away, slow or overloaded: {@link com.portfolio.infra.utilities.resilience.Resilience}
 * around any call, and decorators for the ports, which repeat what is safe to repeat and nothing else.
 *
 * <p>The parts stand around a call in one order, {@code retry(breaker(time limit(bulkhead(call))))}: each
 * attempt asks the breaker and is counted by it, has a time limit of its own, and holds its place in the
 * bulkhead for as long as its work really runs. Resilience4j is the engine of the breaker and the bulkhead, and
 * stands in no signature.
 */
@NullMarked
package com.portfolio.infra.utilities.resilience;

import org.jspecify.annotations.NullMarked;
