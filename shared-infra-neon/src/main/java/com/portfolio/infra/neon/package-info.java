/** PostgreSQL and Neon: event store, event log, projection store, schema registry and health. Nothing yet. */
@NullMarked
package com.portfolio.infra.neon;

import org.jspecify.annotations.NullMarked;
