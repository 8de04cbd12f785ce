/** The parts by themselves. */
@NullMarked
package com.portfolio.infra.neon.internal;

import org.jspecify.annotations.NullMarked;
