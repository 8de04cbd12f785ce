/**
 * Pools of database connections: named, measured, drained and closed, and renewed when a password is rotated.
 *
 * <p>A {@link com.portfolio.infra.utilities.connection.ConnectionManager} opens and closes them.
 */
@NullMarked
package com.portfolio.infra.utilities.connection;

import org.jspecify.annotations.NullMarked;
