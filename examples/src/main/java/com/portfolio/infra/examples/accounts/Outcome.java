package com.portfolio.infra.examples.accounts;

/** What became of a command. */
sealed interface Outcome {

    /** How often another writer was faster, so that the account was loaded and decided about again. */
    int conflicts();

    /** Its event was stored: the store said so. */
    record Accepted(int conflicts) implements Outcome {}

    /** Its event was stored, but the first answer was lost, and asking again showed it. */
    record Recovered(int conflicts) implements Outcome {}

    /** It had been carried out before; nothing was stored. */
    record AlreadyDone(int conflicts) implements Outcome {}

    /** It can't be done; nothing was stored. */
    record Rejected(Rejection rejection, int conflicts) implements Outcome {}

    /** Others were faster each time; nothing was stored. */
    record GivenUp(int conflicts) implements Outcome {}
}
