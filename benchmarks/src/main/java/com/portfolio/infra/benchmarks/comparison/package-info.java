/** The event store on PostgreSQL beside other ways to do the same work, on one server, in one run. */
@NullMarked
package com.portfolio.infra.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
