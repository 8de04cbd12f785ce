package com.portfolio.infra.kafka;

/** The place of a record in its partition, kept until everything before it is done. For the source's thread. */
final class Slot {

    private final Partition partition;
    private final long offset;
    private boolean done;

    Slot(Partition partition, long offset) {
        this.partition = partition;
        this.offset = offset;
    }

    Partition partition() {
        return partition;
    }

    long offset() {
        return offset;
    }

    boolean isDone() {
        return done;
    }

    /** The group is done with the record. */
    void finish() {
        if (!done) {
            done = true;
            partition.finished();
        }
    }
}
