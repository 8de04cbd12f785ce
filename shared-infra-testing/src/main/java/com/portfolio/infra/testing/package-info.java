/**
 * What tests of services and of adapters share: a clock that is set by hand and a way to wait for a
 * condition. The doubles, the contract kits and the servers stand in packages of their own.
 */
@NullMarked
package com.portfolio.infra.testing;

import org.jspecify.annotations.NullMarked;
