/**
 * The ports in memory, for the tests of services.
 *
 * <p>They keep the promises of the real stores: each passes the same contract kit. Payloads and documents
 * are turned into text and back, so that what a real store could not keep fails here too. Beyond the ports
 * they can be told to fail, to lose an answer, to hold an append open and to be restored from a backup.
 */
@NullMarked
package com.portfolio.infra.testing.memory;

import org.jspecify.annotations.NullMarked;
