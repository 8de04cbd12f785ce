@NullMarked
package com.portfolio.infra.utilities.messaging;

import org.jspecify.annotations.NullMarked;
