package com.portfolio.infra.utilities.secrets;

import java.util.List;

/** Closes several things, each of them whatever becomes of the others. */
final class Closing {

    private Closing() {}

    /** Closes all; throws if one failed. */
    static void all(List<? extends AutoCloseable> several) {
        IllegalStateException failure = new IllegalStateException("Could not close everything.");
        all(several, failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    /** Closes all, and adds to a failure what is thrown. */
    static void all(List<? extends AutoCloseable> several, Exception failure) {
        for (AutoCloseable one : several) {
            try {
                one.close();
            } catch (Exception e) {
                failure.addSuppressed(FailureWithoutMessage.of(e));
            }
        }
    }
}
