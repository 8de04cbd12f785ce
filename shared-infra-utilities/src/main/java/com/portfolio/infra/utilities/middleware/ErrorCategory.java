package com.portfolio.infra.utilities.middleware;

import java.util.Locale;

/** What a failure means to who called. */
public enum ErrorCategory {
    /** The request is wrong, and will be as wrong tomorrow. */
    INVALID_INPUT(400, "Bad Request", false, "The request is not valid."),
    /** Nobody knows who asks. */
    UNAUTHENTICATED(401, "Unauthorized", false, "The request needs valid credentials."),
    /** Who asks may not. */
    FORBIDDEN(403, "Forbidden", false, "The request is not allowed."),
    /** There is no such thing. */
    NOT_FOUND(404, "Not Found", false, "There is no such thing."),
    /** What is there contradicts the request, as with a wrong expected version: look again and decide again. */
    CONFLICT(409, "Conflict", false, "The request contradicts what is there by now."),
    /** Too many calls are under way. */
    OVERLOADED(503, "Service Unavailable", true, "The service is too busy at the moment."),
    /** Something that is needed is away, and may be back soon. */
    UNAVAILABLE(503, "Service Unavailable", true, "Something that the service needs is not available at the moment."),
    /** Something that is needed did not answer in time; it is unknown whether its work was done. */
    TIMEOUT(504, "Gateway Timeout", true, "Something that the service needs did not answer in time."),
    /** The call was interrupted or cancelled, as when the service ends. */
    CANCELLED(503, "Service Unavailable", true, "The request was cancelled before it was done."),
    /** A bug, a wrong configuration, or whatever nobody knows. */
    INTERNAL(500, "Internal Server Error", false, "The service failed.");

    private static final int FIRST_SERVER_ERROR = 500;

    private final int status;
    private final String title;
    private final boolean retryable;
    private final String detail;
    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    ErrorCategory(int status, String title, boolean retryable, String detail) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
        this.detail = detail;
    }

    /** The status of an HTTP response. */
    public int status() {
        return status;
    }

    /** The phrase of the status, in the words of RFC 9110. */
    public String title() {
        return title;
    }

    /** Whether the same request may succeed later, unless a failure says otherwise. */
    public boolean retryable() {
        return retryable;
    }

    /** One sentence that tells nothing of the inside. */
    public String detail() {
        return detail;
    }

    /** The name as it stands in problem details: {@code invalid-input}. */
    public String code() {
        return code;
    }

    /** Whether the service is to blame, and not who called. */
    public boolean isServerError() {
        return isServerError(status);
    }

    static boolean isServerError(int httpStatus) {
        return httpStatus >= FIRST_SERVER_ERROR;
    }
}
