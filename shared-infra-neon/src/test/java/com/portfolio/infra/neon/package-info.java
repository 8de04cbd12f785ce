/** Against real servers. */
@NullMarked
package com.portfolio.infra.neon;

import org.jspecify.annotations.NullMarked;
