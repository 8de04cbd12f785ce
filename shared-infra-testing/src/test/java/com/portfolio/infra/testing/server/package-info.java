/** Tests against the real programs. */
@NullMarked
package com.portfolio.infra.testing.server;

import org.jspecify.annotations.NullMarked;
