package com.portfolio.infra.utilities.middleware;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a failure means.
 *
 * @param category   one of few
 * @param code       the same in finer words of the service's own, for machines; the category's by default
 * @param retryable  whether the same request may succeed later
 * @param detail     one sentence for who called; never told if the category is a {@linkplain
 *                   ErrorCategory#isServerError() server error}
 * @param errors     what is wrong with the request, one by one
 * @param retryAfter when the same request is welcome again, if somebody said
 */
public record ErrorDescription(
        ErrorCategory category,
        String code,
        boolean retryable,
        Optional<String> detail,
        List<FieldError> errors,
        Optional<Duration> retryAfter) {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._-]+");

    /** @throws IllegalArgumentException if the code has something else than ASCII letters, digits, '.', '_' and '-' */
    public ErrorDescription {
        Objects.requireNonNull(category, "category");
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "The code of an error has ASCII letters, digits, '.', '_' and '-', which '" + code + "' has not.");
        }
        Objects.requireNonNull(detail, "detail");
        errors = List.copyOf(errors);
        Objects.requireNonNull(retryAfter, "retryAfter");
    }

    /** A category with its own code, retryable or not as it is by default. */
    public static ErrorDescription of(ErrorCategory category) {
        return new ErrorDescription(
                category, category.code(), category.retryable(), Optional.empty(), List.of(), Optional.empty());
    }

    /** The same with a code of the service's own, such as {@code order-already-shipped}. */
    public ErrorDescription code(String word) {
        return new ErrorDescription(category, word, retryable, detail, errors, retryAfter);
    }

    /** The same with a sentence for who called. */
    public ErrorDescription detail(String sentence) {
        return new ErrorDescription(category, code, retryable, Optional.of(sentence), errors, retryAfter);
    }

    /** The same, retryable or not. */
    public ErrorDescription retryable(boolean mayHelp) {
        return new ErrorDescription(category, code, mayHelp, detail, errors, retryAfter);
    }

    /** The same with one more thing that is wrong with the request. */
    public ErrorDescription error(String pointer, String what) {
        List<FieldError> more = new ArrayList<>(errors);
        more.add(new FieldError(pointer, what));
        return new ErrorDescription(category, code, retryable, detail, more, retryAfter);
    }

    /** The same with the time after which the request is welcome again. */
    public ErrorDescription retryAfter(Duration time) {
        return new ErrorDescription(category, code, retryable, detail, errors, Optional.of(time));
    }
}
