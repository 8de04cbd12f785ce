/** Whether a part of a service works, and what is known about it. */
@NullMarked
package com.portfolio.infra.ports.health;

import org.jspecify.annotations.NullMarked;
