package com.portfolio.infra.utilities.serialization;

/** Thrown from inside the mapper by this package; unlike that of any other, its message holds no value. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
