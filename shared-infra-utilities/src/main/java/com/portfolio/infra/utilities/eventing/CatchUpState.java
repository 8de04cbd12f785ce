package com.portfolio.infra.utilities.eventing;

/** What a subscription is doing. */
public enum CatchUpState {
    /** It has not reached the log yet. */
    STARTING,
    /** It handles events that were there before. */
    CATCHING_UP,
    /** It has handled everything up to the end of the log, and handles what is new as it comes. */
    LIVE,
    /** Its handler failed, and will be tried again. */
    RETRYING,
    /** The store can't be reached, and will be asked again. */
    RECONNECTING,
    /** It was told to pause. */
    PAUSED,
    /** It was closed. */
    CLOSED,
    /** It has stopped by itself, and will not go on. */
    FAILED;

    /** Whether it will do nothing more. */
    public boolean isFinal() {
        return this == CLOSED || this == FAILED;
    }
}
