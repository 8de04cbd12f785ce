/** What every adapter and every service shares, each concept in a package of its own. */
@NullMarked
package com.portfolio.infra.utilities;

import org.jspecify.annotations.NullMarked;
