/** What {@code utilities.bootstrap} promises, with adapters in memory. */
@NullMarked
package com.portfolio.infra.testing.bootstrap;

import org.jspecify.annotations.NullMarked;
