/** What middleware around a call costs. */
@NullMarked
package com.portfolio.infra.benchmarks.middleware;

import org.jspecify.annotations.NullMarked;
