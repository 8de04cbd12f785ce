@NullMarked
package com.portfolio.infra.utilities.health;

import org.jspecify.annotations.NullMarked;
