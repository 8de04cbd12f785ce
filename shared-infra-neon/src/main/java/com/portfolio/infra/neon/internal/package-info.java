/** What the Neon adapter is made of; no part of its interface, and free to change. */
@NullMarked
package com.portfolio.infra.neon.internal;

import org.jspecify.annotations.NullMarked;
