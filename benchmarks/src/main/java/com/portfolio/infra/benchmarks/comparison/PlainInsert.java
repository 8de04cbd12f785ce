package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.ports.event.EventIds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.UUID;

/**
 * The fastest way to get events into a table through JDBC: one statement in autocommit, prepared in the server, with
 * texts that are encoded already. The table has the columns and the indexes of ours. There is no check of the version
 * but the unique constraint.
 */
final class PlainInsert {

    private static final String COLUMNS =
            "(position, version, recorded_at, event_id, schema_version, stream_id, type, data, metadata)";

    private static final String ONE = "INSERT INTO plain.events " + COLUMNS
            + " VALUES (nextval('plain.event_position'), ?, clock_timestamp(), ?, ?, ?, ?, ?, ?)";

    private static final String MANY = "INSERT INTO plain.events " + COLUMNS
            + " SELECT nextval('plain.event_position'), ? + a.ord, clock_timestamp(), a.event_id, a.schema_version, ?,"
            + " a.type, a.data, a.metadata FROM unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::text[]) WITH ORDINALITY"
            + " AS a (event_id, schema_version, type, data, metadata, ord)";

    private static final String CALL = ".append(?, ?, ?::uuid[], ?::int[], ?::text[], ?::text[], ?::text[])";

    private PlainInsert() {}

    static PreparedStatement prepare(Connection connection, int events) throws SQLException {
        return connection.prepareStatement(events == 1 ? ONE : MANY);
    }

    /** The same insert of many events, by the function of that schema. */
    static PreparedStatement prepareCall(Connection connection, String schema) throws SQLException {
        return connection.prepareStatement("SELECT " + schema + CALL);
    }

    static void run(PreparedStatement statement, String stream, long version, int events) throws SQLException {
        if (events == 1) {
            one(statement, stream, version);
        } else {
            many(statement, stream, version, events);
        }
        statement.execute();
    }

    private static void one(PreparedStatement statement, String stream, long version) throws SQLException {
        statement.setLong(1, version + 1);
        statement.setObject(2, EventIds.next());
        statement.setInt(3, 1);
        statement.setString(4, stream);
        statement.setString(5, Sample.TYPE);
        statement.setString(6, Sample.DATA);
        statement.setString(7, Sample.METADATA_TEXT);
    }

    private static void many(PreparedStatement statement, String stream, long version, int events) throws SQLException {
        UUID[] ids = new UUID[events];
        Arrays.setAll(ids, i -> EventIds.next());
        int[] schemaVersions = new int[events];
        Arrays.fill(schemaVersions, 1);
        statement.setLong(1, version);
        statement.setString(2, stream);
        statement.setArray(3, statement.getConnection().createArrayOf("uuid", ids));
        statement.setObject(4, schemaVersions, Types.ARRAY);
        statement.setObject(5, Sample.times(events, Sample.TYPE), Types.ARRAY);
        statement.setObject(6, Sample.times(events, Sample.DATA), Types.ARRAY);
        statement.setObject(7, Sample.times(events, Sample.METADATA_TEXT), Types.ARRAY);
    }
}
