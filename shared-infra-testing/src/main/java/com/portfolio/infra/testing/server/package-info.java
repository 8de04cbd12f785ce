/**
 * Real servers for tests, and faults to put between a client and them: PostgreSQL from binaries that
 * Maven brings along, PgBouncer from the operating system, a TCP proxy that delays, cuts and counts, and
 * certificates made on the spot. None of it needs Docker; all of it works as root and as an ordinary user.
 */
@NullMarked
package com.portfolio.infra.testing.server;

import org.jspecify.annotations.NullMarked;
