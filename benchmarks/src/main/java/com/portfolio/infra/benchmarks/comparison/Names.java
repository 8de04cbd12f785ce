package com.portfolio.infra.benchmarks.comparison;

/** What the contenders are called in the report. */
final class Names {

    static final String OURS = "ours";
    static final String OURS_ANY = "ours, any version";
    static final String OURS_DECODED = "ours, payloads decoded";
    static final String STRAIGHTFORWARD = "straightforward";
    static final String PLAIN = "plain JDBC";
    static final String PLAIN_CALLED = "plain JDBC, by a function";
    static final String PLAIN_COUNTED = "plain JDBC, by a function with the stream's row";
    static final String PGBENCH = "pgbench";

    private Names() {}
}
