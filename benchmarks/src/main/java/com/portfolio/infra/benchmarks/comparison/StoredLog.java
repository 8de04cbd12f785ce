package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.SQLException;

/**
 * A database with the same events for all readers. The streams lie interleaved, as they do where many are written at
 * the same time.
 *
 * @param database entered by its owner
 * @param streams  how many there are
 * @param length   of each
 */
record StoredLog(PostgresDatabase database, int streams, int length) {

    private static final String FILL = "fill.sql";

    static StoredLog fill(PostgresDatabase database, int streams, int length) throws SQLException {
        StoredLog log = new StoredLog(database, streams, length);
        database.execute(Resources.sql(FILL)
                .replace("${events}", Long.toString(log.events()))
                .replace("${streams}", Integer.toString(streams))
                .replace("${length}", Integer.toString(length))
                .replace("${type}", Sample.TYPE)
                .replace("${data}", Sample.DATA)
                .replace("${metadata}", Sample.METADATA_TEXT));
        database.execute("VACUUM ANALYZE infra.events");
        database.execute("VACUUM ANALYZE straightforward.events");
        database.execute("CHECKPOINT");
        return log;
    }

    long events() {
        return (long) streams * length;
    }

    String stream(int number) {
        return "account-" + number;
    }

    /** What a reader of one stream must have seen. */
    EventReader.Seen stream() {
        return new EventReader.Seen(length, (long) length * (length + 1) / 2);
    }

    /** What a reader of the whole log must have seen. */
    EventReader.Seen all() {
        return new EventReader.Seen(events(), streams * stream().versions());
    }
}
