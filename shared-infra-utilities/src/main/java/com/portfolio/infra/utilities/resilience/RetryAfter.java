package com.portfolio.infra.utilities.resilience;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * An exception that says when the dependency wants to be called again, as HTTP does with {@code Retry-After}. It is
 * honoured wherever it stands among the causes of a failure.
 */
public interface RetryAfter {

    /** How long to wait from now; empty if nothing was said. */
    Optional<Duration> retryAfter();

    /**
     * Reads the header of RFC 9110, section 10.2.3: a number of seconds, or a date. A date that is over is no time at
     * all; what can't be read is empty.
     */
    static Optional<Duration> parse(String header, Instant now) {
        String text = header.strip();
        try {
            if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
