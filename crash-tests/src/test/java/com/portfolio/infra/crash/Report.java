package com.portfolio.infra.crash;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** One line of what a child process says about its work, in the order in which it was done. */
sealed interface Report {

    /** The line, without its end. */
    String line();

    /**
     * A request that is about to be sent.
     *
     * @param basedOn the version that the stream must have; {@value #ANY_VERSION} for any
     */
    record Intended(UUID request, String stream, long basedOn, List<UUID> events) implements Report {

        static final long ANY_VERSION = -1;

        @Override
        public String line() {
            return "INTENDED " + request + " " + stream + " " + basedOn + " " + join(events);
        }
    }

    /** The store said that a request's events are stored. */
    record Acknowledged(UUID request, long version, List<Long> positions, boolean deduplicated) implements Report {

        @Override
        public String line() {
            return "ACKNOWLEDGED " + request + " " + version + " " + join(positions) + " " + deduplicated;
        }
    }

    /** The store said that nothing of a request is stored, and it was not sent again. */
    record Refused(UUID request, String why) implements Report {

        @Override
        public String line() {
            return "REFUSED " + request + " " + why;
        }
    }

    /** The store could not say what became of a request, which is then sent again. */
    record Unknown(UUID request) implements Report {

        @Override
        public String line() {
            return "UNKNOWN " + request;
        }
    }

    /** A subscription begins after a position. */
    record Started(long after) implements Report {

        @Override
        public String line() {
            return "STARTED " + after;
        }
    }

    /** A subscription was handed an event. */
    record Seen(long position, String stream, long version, UUID event) implements Report {

        @Override
        public String line() {
            return "SEEN " + position + " " + stream + " " + version + " " + event;
        }
    }

    /** Everything through a position is done with; the checkpoint is kept, or about to be. */
    record Reached(long position) implements Report {

        @Override
        public String line() {
            return "REACHED " + position;
        }
    }

    /** Reads a line. */
    static Report parse(String line) {
        String[] word = line.split(" ", -1);
        return switch (word[0]) {
            case "INTENDED" -> new Intended(uuid(word[1]), word[2], Long.parseLong(word[3]), uuids(word[4]));
            case "ACKNOWLEDGED" ->
                new Acknowledged(uuid(word[1]), Long.parseLong(word[2]), longs(word[3]), Boolean.parseBoolean(word[4]));
            case "REFUSED" -> new Refused(uuid(word[1]), word[2]);
            case "UNKNOWN" -> new Unknown(uuid(word[1]));
            case "STARTED" -> new Started(Long.parseLong(word[1]));
            case "SEEN" -> new Seen(Long.parseLong(word[1]), word[2], Long.parseLong(word[3]), uuid(word[4]));
            case "REACHED" -> new Reached(Long.parseLong(word[1]));
            default -> throw new IllegalArgumentException("A child process said: " + line);
        };
    }

    private static String join(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private static UUID uuid(String word) {
        return UUID.fromString(word);
    }

    private static List<UUID> uuids(String word) {
        return Arrays.stream(word.split(",", -1)).map(UUID::fromString).toList();
    }

    private static List<Long> longs(String word) {
        return Arrays.stream(word.split(",", -1)).map(Long::parseLong).toList();
    }
}
