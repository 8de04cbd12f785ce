/** In-memory doubles, contract kits and embedded servers. Nothing yet. */
@NullMarked
package com.portfolio.infra.testing;

import org.jspecify.annotations.NullMarked;
