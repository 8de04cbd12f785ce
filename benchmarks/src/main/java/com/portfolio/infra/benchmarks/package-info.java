/** Benchmarks, with peers and physical limits beside ours. Nothing yet. */
@NullMarked
package com.portfolio.infra.benchmarks;

import org.jspecify.annotations.NullMarked;
