/** The contract kits on the doubles, and the kits themselves under test. */
@NullMarked
package com.portfolio.infra.testing.contract;

import org.jspecify.annotations.NullMarked;
