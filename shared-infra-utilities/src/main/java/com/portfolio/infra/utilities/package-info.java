/** What every adapter and every service shares: configuration, resilience, serialization, eventing. Nothing yet. */
@NullMarked
package com.portfolio.infra.utilities;

import org.jspecify.annotations.NullMarked;
