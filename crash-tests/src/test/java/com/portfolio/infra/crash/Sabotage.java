package com.portfolio.infra.crash;

/** What a run breaks on purpose, to see that it is noticed. */
enum Sabotage {
    /** Nothing: the library as it is. */
    NONE,
    /** The store says now and then that events are stored, and rolls them back. */
    ACKNOWLEDGES_WITHOUT_COMMIT,
    /** The store takes the events of a request one at a time. */
    SPLITS_REQUESTS,
    /** The log shows what is there, whatever is still open before it. */
    IGNORES_OPEN_APPENDS,
    /** The projection moves its checkpoint first, and then has the effects. */
    MOVES_CHECKPOINT_FIRST
}
