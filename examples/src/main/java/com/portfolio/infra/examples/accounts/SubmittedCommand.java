package com.portfolio.infra.examples.accounts;

/**
 * A command as it came in.
 *
 * @param line    the line of the input that it stands in
 * @param sender  who sent it; commands of one sender for one user are carried out in their order
 * @param command what is to be done
 */
record SubmittedCommand(long line, String sender, AccountCommand command) {}
