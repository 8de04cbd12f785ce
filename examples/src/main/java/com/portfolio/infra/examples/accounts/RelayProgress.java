package com.portfolio.infra.examples.accounts;

/**
 * The document of the relay.
 *
 * @param published how many notices were published, since the beginning of the log
 */
public record RelayProgress(long published) {}
