package com.portfolio.infra.ports.eventstore;

/**
 * What an append demands of its stream, which is how two writers who decided on the same state are told
 * apart.
 */
public sealed interface ExpectedVersion {

    /** Whether a stream of that version meets the demand; 0 is a stream that nobody wrote to. */
    boolean matches(long actual);

    /** Nothing is demanded. */
    static ExpectedVersion any() {
        return Any.INSTANCE;
    }

    /** Nobody may have written to the stream. */
    static ExpectedVersion noStream() {
        return NoStream.INSTANCE;
    }

    /** Somebody must have written to the stream. */
    static ExpectedVersion streamExists() {
        return StreamExists.INSTANCE;
    }

    /**
     * The stream must have exactly that many events; 0 is the same as {@link #noStream()}.
     *
     * @throws IllegalArgumentException if {@code version} is negative
     */
    static ExpectedVersion exactly(long version) {
        return version == 0 ? NoStream.INSTANCE : new Exactly(version);
    }

    /** See {@link ExpectedVersion#any()}. */
    enum Any implements ExpectedVersion {
        INSTANCE;

        @Override
        public boolean matches(long actual) {
            return true;
        }

        @Override
        public String toString() {
            return "any version";
        }
    }

    /** See {@link ExpectedVersion#noStream()}. */
    enum NoStream implements ExpectedVersion {
        INSTANCE;

        @Override
        public boolean matches(long actual) {
            return actual == 0;
        }

        @Override
        public String toString() {
            return "no stream";
        }
    }

    /** See {@link ExpectedVersion#streamExists()}. */
    enum StreamExists implements ExpectedVersion {
        INSTANCE;

        @Override
        public boolean matches(long actual) {
            return actual > 0;
        }

        @Override
        public String toString() {
            return "an existing stream";
        }
    }

    /**
     * See {@link ExpectedVersion#exactly(long)}.
     *
     * @param version greater than 0
     */
    record Exactly(long version) implements ExpectedVersion {

        public Exactly {
            if (version < 1) {
                throw new IllegalArgumentException(
                        "An exact expected version must not be negative (and 0 is noStream()), but is " + version
                                + ".");
            }
        }

        @Override
        public boolean matches(long actual) {
            return actual == version;
        }

        @Override
        public String toString() {
            return "version " + version;
        }
    }
}
