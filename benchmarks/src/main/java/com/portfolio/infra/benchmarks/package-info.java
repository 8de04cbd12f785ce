/** Benchmarks: how fast the library is, beside peers that do the same work. */
@NullMarked
package com.portfolio.infra.benchmarks;

import org.jspecify.annotations.NullMarked;
