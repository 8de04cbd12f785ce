package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A message that a group could not handle, as it was received.
 *
 * @param id             names the letter in its queue; opaque
 * @param group          the group that failed
 * @param destination    where the message was published
 * @param position       its place there, in the broker's own words
 * @param messageId      the id of the message; empty if that could not be read
 * @param type           the logical name of its type; empty if that could not be read
 * @param key            its key; empty if it has none, or that could not be read
 * @param headers        what stood beside the data on the wire, attributes included, sorted by name; bytes
 *                       that are no UTF-8 are shown with U+FFFD, though redriven as they were
 * @param data           the exact bytes of the message; read-only, a view of its own for each caller
 * @param attempts       how often it was tried, as far as its last member counted; 0 if it never was
 * @param failure        why it failed, the last time
 * @param deadLetteredAt when it came to be a dead letter
 * @param redriveCount   how often it was redriven before
 */
@Experimental
public record DeadLetter(
        String id,
        String group,
        String destination,
        String position,
        Optional<String> messageId,
        Optional<String> type,
        Optional<String> key,
        Map<String, String> headers,
        ByteBuffer data,
        int attempts,
        Failure failure,
        Instant deadLetteredAt,
        int redriveCount) {

    public DeadLetter {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(deadLetteredAt, "deadLetteredAt");
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        data = ByteBuffer.allocate(data.remaining())
                .put(data.duplicate())
                .flip()
                .asReadOnlyBuffer();
        if (attempts < 0 || redriveCount < 0) {
            throw new IllegalArgumentException("Neither attempts (" + attempts + ") nor redriveCount (" + redriveCount
                    + ") of a dead letter may be negative.");
        }
    }

    @Override
    public ByteBuffer data() {
        return data.duplicate();
    }

    /** Names the letter, without its data and headers. */
    @Override
    public String toString() {
        return "DeadLetter[" + id + " of group '" + group + "', from " + destination + " " + position + ", message "
                + messageId.orElse("unknown") + ", " + failure.kind() + " after " + attempts + " attempts]";
    }

    /**
     * Why a message failed.
     *
     * @param kind       which way it went to the dead letters
     * @param message    one sentence; that of the exception, if there was one. Cut off where the broker's
     *                   limits demand it
     * @param exception  the class of the exception, if there was one
     * @param stackTrace of the exception, if there was one; cut off where the broker's limits demand it
     */
    @Experimental
    public record Failure(Kind kind, String message, Optional<String> exception, Optional<String> stackTrace) {

        public Failure {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(exception, "exception");
            Objects.requireNonNull(stackTrace, "stackTrace");
        }

        /** Which way a message went to the dead letters. */
        @Experimental
        public enum Kind {
            /** Its last attempt failed. */
            EXHAUSTED,
            /** A handler said that trying again is of no use. */
            REJECTED,
            /** It could not be decoded. */
            UNDECODABLE
        }
    }
}
