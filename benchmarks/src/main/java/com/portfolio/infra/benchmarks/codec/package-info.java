/** How long the codec takes for one event. */
@NullMarked
package com.portfolio.infra.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
