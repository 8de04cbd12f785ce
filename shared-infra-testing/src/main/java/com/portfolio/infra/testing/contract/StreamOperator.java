package com.portfolio.infra.testing.contract;

/** What the operator's role may do to streams. */
public interface StreamOperator {

    /** Makes a stream refuse appends. */
    void archive(String streamId);

    /** Lets an archived stream take appends again. */
    void reopen(String streamId);

    /** Deletes the events of a stream, and its name from use. */
    void tombstone(String streamId);
}
