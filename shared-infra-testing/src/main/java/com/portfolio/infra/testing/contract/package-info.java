/**
 * The rules that every implementation of a port keeps, as tests.
 *
 * <p>An adapter's test extends {@link com.portfolio.infra.testing.contract.EventStoreContract},
 * {@link com.portfolio.infra.testing.contract.EventLogContract} or
 * {@link com.portfolio.infra.testing.contract.CheckpointedProjectionStoreContract} once and gives it a
 * fixture. A test is named after the rule that it is about, so that a failure names the promise that was
 * broken. Nothing is skipped: what a fixture says it can't do is asserted too.
 */
@NullMarked
package com.portfolio.infra.testing.contract;

import org.jspecify.annotations.NullMarked;
