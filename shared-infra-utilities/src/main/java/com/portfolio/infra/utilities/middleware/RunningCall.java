package com.portfolio.infra.utilities.middleware;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call and all who watch it; sees to it that none of them harms the call or another one of them, not even by an
 * {@link Error}: a class that is missing on a deployment's class path is one.
 */
final class RunningCall {

    private static final Logger LOG = LoggerFactory.getLogger(MiddlewareChain.class);

    private final CallScope[] scopes;

    private RunningCall(CallScope[] scopes) {
        this.scopes = scopes;
    }

    static RunningCall begin(Middleware[] middleware, Call call) {
        CallScope[] scopes = new CallScope[middleware.length];
        for (int i = 0; i < middleware.length; i++) {
            scopes[i] = begin(middleware[i], call);
        }
        return new RunningCall(scopes);
    }

    private static CallScope begin(Middleware middleware, Call call) {
        try {
            return middleware.begin(call);
        } catch (Throwable e) {
            failed(e);
            return CallScope.none();
        }
    }

    void leave() {
        for (int i = scopes.length - 1; i >= 0; i--) {
            try {
                scopes[i].leave();
            } catch (Throwable e) {
                failed(e);
            }
        }
    }

    void end(CallEnd end) {
        for (int i = scopes.length - 1; i >= 0; i--) {
            try {
                scopes[i].end(end);
            } catch (Throwable e) {
                failed(e);
            }
        }
    }

    private static void failed(Throwable e) {
        try {
            LOG.warn("A middleware failed; the call goes on without it.", RedactedFailure.of(e));
        } catch (Throwable unlogged) {
            // A logger that fails too leaves nobody to tell; whoever waits for the call still gets its result.
            return;
        }
    }
}
