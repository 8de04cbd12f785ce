package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.messaging.DeadLetter.Failure;
import com.portfolio.infra.ports.messaging.DeadLetter.Failure.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.Optional;

/** Why messages failed, as dead letters tell it. */
final class Failures {

    private Failures() {}

    static Failure of(Kind kind, Throwable thrown) {
        StringWriter stackTrace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stackTrace));
        return new Failure(
                kind,
                Objects.requireNonNullElseGet(thrown.getMessage(), thrown::toString),
                Optional.of(thrown.getClass().getName()),
                Optional.of(stackTrace.toString()));
    }

    static Failure of(Kind kind, String reason) {
        return new Failure(kind, reason, Optional.empty(), Optional.empty());
    }
}
