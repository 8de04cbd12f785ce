@NullMarked
package com.portfolio.infra.utilities.middleware;

import org.jspecify.annotations.NullMarked;
