/**
 * What all ports share: the root of their exceptions and the mark of an API that may still change.
 *
 * <p>A service depends on the ports and on nothing behind them. Each port is a small interface in a
 * package of its own; which technology stands behind it is decided where the service is put together.
 */
@NullMarked
package com.portfolio.infra.ports;

import org.jspecify.annotations.NullMarked;
