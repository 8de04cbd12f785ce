/** What standing around a call costs while nothing goes wrong. */
@NullMarked
package com.portfolio.infra.benchmarks.resilience;

import org.jspecify.annotations.NullMarked;
