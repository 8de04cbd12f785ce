/** Tests of what the doubles do beyond the ports; the rest is the contract kits' work. */
@NullMarked
package com.portfolio.infra.testing.memory;

import org.jspecify.annotations.NullMarked;
