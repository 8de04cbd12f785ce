@NullMarked
package com.portfolio.infra.utilities.eventing;

import org.jspecify.annotations.NullMarked;
