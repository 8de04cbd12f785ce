/** Reads more than fits into the heap. */
@NullMarked
package com.portfolio.infra.heap;

import org.jspecify.annotations.NullMarked;
