/** Kills processes and servers while they work, and looks at what is left. */
@NullMarked
package com.portfolio.infra.crash;

import org.jspecify.annotations.NullMarked;
