/** Tests of what all tests share. */
@NullMarked
package com.portfolio.infra.testing;

import org.jspecify.annotations.NullMarked;
