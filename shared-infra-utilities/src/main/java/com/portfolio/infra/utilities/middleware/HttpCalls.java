package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.event.EventIds;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What is the same for requests of every server. */
final class HttpCalls {

    static final String CORRELATION_HEADER = "X-Correlation-ID";
    static final String TRACEPARENT_HEADER = "traceparent";
    static final String TRACESTATE_HEADER = "tracestate";

    private static final Set<String> METHODS =
            Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE");
    private static final Set<String> OF_THE_BODY =
            Set.of("accept-ranges", "etag", "expires", "last-modified", "location", "transfer-encoding");
    private static final String OTHER_METHOD = "_OTHER";
    private static final int LONGEST_ID = 128;

    private HttpCalls() {}

    /** Sends an answer. */
    @FunctionalInterface
    interface Sending {

        void send() throws IOException;
    }

    /** The id that a request came with, if it is one, or a new one. */
    static String correlationId(@Nullable String header) {
        return header != null
                        && !header.isEmpty()
                        && header.length() <= LONGEST_ID
                        && header.chars().allMatch(c -> c > 0x20 && c < 0x7F)
                ? header
                : EventIds.next().toString();
    }

    /** A request, but for the trace that it came with. */
    static CallDraft draft(String requestMethod, boolean encrypted, String route, String path) {
        String method = METHODS.contains(requestMethod) ? requestMethod : OTHER_METHOD;
        return new CallDraft(CallKind.HTTP_SERVER, method.equals(OTHER_METHOD) ? "HTTP" : method)
                .system("http")
                .attribute(SemanticNames.HTTP_REQUEST_METHOD, method)
                .attribute(SemanticNames.URL_SCHEME, encrypted ? "https" : "http")
                .attribute(SemanticNames.HTTP_ROUTE, route)
                .detail(SemanticNames.URL_PATH, path);
    }

    /** The call of a request, with the trace of its headers. */
    static Call call(
            CallDraft draft,
            @Nullable List<String> parents,
            @Nullable List<String> states,
            Supplier<Optional<String>> status) {
        draft.result(SemanticNames.HTTP_RESPONSE_STATUS_CODE, status);
        Traces.parse(parents, states).ifPresent(draft::parent);
        return draft.done();
    }

    /** What to throw at a server whose response cannot be completed; it closes the connection. */
    static IOException broken(Logger log, String path, Throwable failure) {
        log.warn(
                "The handler of {} failed after its response had begun; the connection is closed.",
                LogText.brief(path),
                RedactedFailure.of(failure));
        return new IOException("The response was not completed.");
    }

    /** Whether a header says something about the response that the handler did not get to. */
    static boolean describesTheBody(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.startsWith("content-") || OF_THE_BODY.contains(name);
    }

    /** Sets the headers of a problem. */
    static void describe(ErrorHandlingMiddleware errors, ErrorDescription error, BiConsumer<String, String> headers) {
        headers.accept("Content-Type", Problem.MEDIA_TYPE);
        headers.accept("Cache-Control", "no-store");
        errors.retryAfter(error).ifPresent(time -> headers.accept("Retry-After", Long.toString(seconds(time))));
    }

    /** The header counts whole seconds: rather one too many. */
    private static long seconds(Duration time) {
        return Math.max(1, time.plusNanos(999_999_999).toSeconds());
    }

    /** Sends although the thread is interrupted: a channel that such a thread writes to is closed. */
    static void uninterrupted(Sending sending) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            sending.send();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
