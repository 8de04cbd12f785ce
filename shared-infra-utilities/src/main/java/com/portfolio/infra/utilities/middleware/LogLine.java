package com.portfolio.infra.utilities.middleware;

import org.slf4j.spi.LoggingEventBuilder;

/** The line that is logged about one call. */
final class LogLine {

    private static final double MICROS = 1_000;

    private LoggingEventBuilder line;

    LogLine(LoggingEventBuilder line) {
        this.line = line;
    }

    void write(Call call, CallEnd end, long nanos, boolean slow, int payloadLength) {
        String operation = LogText.brief(call.operation());
        plain("operation", operation);
        plain("kind", call.kind().word());
        plain("system", LogText.brief(call.system()));
        plain("durationMs", Math.round(nanos / MICROS) / MICROS);
        int refused = end.failure().isPresent() ? 0 : LoggingMiddleware.refusal(call);
        plain("outcome", end.failure().isPresent() || refused > 0 ? "failure" : "success");
        call.forEachAttribute(this::text);
        call.forEachResult(this::text);
        call.forEachDetail(this::text);
        if (payloadLength > 0) {
            call.payload().ifPresent(value -> plain("payload", LogText.of(value.toString(), payloadLength)));
        }
        end.error().ifPresent(this::error);
        end.failure().ifPresent(failure -> failure(failure, LoggingMiddleware.category(end)));
        line.log("{} of {} {}", operation, call.kind().word(), outcome(end, slow, refused));
    }

    private void error(ErrorDescription error) {
        plain("category", error.category().name());
        plain("code", error.code());
        plain("retryable", error.retryable());
    }

    private void failure(Throwable failure, ErrorCategory category) {
        plain(SemanticNames.ERROR_TYPE, failure.getClass().getName());
        RedactedFailure.message(failure).ifPresent(message -> plain("error", message));
        if (category == ErrorCategory.INTERNAL) {
            line = line.setCause(RedactedFailure.of(failure));
        }
    }

    private static String outcome(CallEnd end, boolean slow, int refused) {
        if (refused > 0) {
            return "was answered with " + refused;
        }
        return end.error()
                .map(error -> "failed: " + error.category())
                .orElse(slow ? "succeeded, but took long" : "succeeded");
    }

    /** What others wrote. */
    private void text(String name, String value) {
        plain(name, LogText.brief(value));
    }

    private void plain(String name, Object value) {
        line = line.addKeyValue(name, value);
    }
}
