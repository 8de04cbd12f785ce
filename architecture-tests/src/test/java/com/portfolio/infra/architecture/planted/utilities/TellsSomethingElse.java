package com.portfolio.infra.architecture.planted.utilities;

public final class TellsSomethingElse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
        return "something";
    }

    @Override
    public String toString() {
        return "something else";
    }
}
