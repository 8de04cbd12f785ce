@NullMarked
package com.portfolio.infra.utilities.resilience;

import org.jspecify.annotations.NullMarked;
