package com.portfolio.infra.utilities.middleware;

/**
 * One call, as one {@link Middleware} sees it. Both methods are called once, {@link #leave} before {@link #end}; those
 * of inner middleware come first. An exception or an error is logged and harms no call.
 */
public interface CallScope {

    /**
     * The call has left the thread that it began on: it is over, or its stage was handed out. Runs on that thread; what
     * {@link Middleware#begin} put on it is to be taken back.
     */
    void leave();

    /**
     * The call is over. For a blocking call it runs on the caller's thread, for an asynchronous one on the thread that
     * completes its stage; it must not block.
     */
    void end(CallEnd end);

    /** For calls that a middleware has nothing to do with. */
    static CallScope none() {
        return Nothing.INSTANCE;
    }

    /** See {@link CallScope#none()}. */
    enum Nothing implements CallScope {
        INSTANCE;

        @Override
        public void leave() {}

        @Override
        public void end(CallEnd end) {}
    }
}
