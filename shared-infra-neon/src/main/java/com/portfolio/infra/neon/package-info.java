/**
 * PostgreSQL and Neon: event store, event log, projection store and health, over one
 * {@link com.portfolio.infra.neon.NeonDatabase}.
 */
@NullMarked
package com.portfolio.infra.neon;

import org.jspecify.annotations.NullMarked;
