package com.portfolio.infra.neon.internal;

import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.event.WellFormed;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.NewEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/** An append as it is sent: everything that can be wrong with its payloads was found before. */
public final class EncodedAppend {

    private static final long ANY = -1;
    private static final long STREAM_EXISTS = -2;

    private final AppendRequest request;
    private final Object[] ids;
    private final String[] types;
    private final int[] schemaVersions;
    private final String[] data;
    private final String[] metadata;

    private EncodedAppend(AppendRequest request) {
        int n = request.events().size();
        this.request = request;
        this.ids = new Object[n];
        this.types = new String[n];
        this.schemaVersions = new int[n];
        this.data = new String[n];
        this.metadata = new String[n];
    }

    /**
     * Encodes a request.
     *
     * @throws EventEncodingException if an event can't be written, naming it
     */
    public static EncodedAppend of(AppendRequest request, EventCodec codec) {
        EncodedAppend append = new EncodedAppend(request);
        List<NewEvent> events = request.events();
        String shared = codec.encodeMetadata(request.metadata());
        for (int i = 0; i < events.size(); i++) {
            NewEvent event = events.get(i);
            EncodedPayload payload = codec.encode(event.payload());
            append.ids[i] = event.id();
            append.types[i] = payload.type().name();
            append.schemaVersions[i] = payload.type().schemaVersion();
            append.data[i] = storable(payload.data(), "the payload", event);
            String metadata = event.metadata().isEmpty() ? shared : codec.encodeMetadata(request.metadataOf(event));
            append.metadata[i] = storable(metadata, "the metadata", event);
        }
        return append;
    }

    /** What was asked for. */
    public AppendRequest request() {
        return request;
    }

    /** How many events there are. */
    int size() {
        return ids.length;
    }

    /** Whether there is a single event, for which there is a quicker function. */
    boolean isOne() {
        return ids.length == 1;
    }

    /** Sets the parameters of an append of a single event. */
    void bindOne(PreparedStatement statement) throws SQLException {
        statement.setString(1, request.stream().value());
        statement.setLong(2, expected(request.expected()));
        statement.setObject(3, ids[0]);
        statement.setString(4, types[0]);
        statement.setInt(5, schemaVersions[0]);
        statement.setString(6, data[0]);
        statement.setString(7, metadata[0]);
    }

    /** Sets the parameters of an append of any number of events. */
    void bind(Connection connection, PreparedStatement statement) throws SQLException {
        statement.setString(1, request.stream().value());
        statement.setLong(2, expected(request.expected()));
        statement.setArray(3, connection.createArrayOf("uuid", ids));
        statement.setObject(4, types, Types.ARRAY);
        statement.setObject(5, schemaVersions, Types.ARRAY);
        statement.setObject(6, data, Types.ARRAY);
        statement.setObject(7, metadata, Types.ARRAY);
    }

    private static long expected(ExpectedVersion expected) {
        if (expected instanceof ExpectedVersion.Exactly exactly) {
            return exactly.version();
        }
        return expected instanceof ExpectedVersion.Any
                ? ANY
                : expected instanceof ExpectedVersion.StreamExists ? STREAM_EXISTS : 0;
    }

    /** PostgreSQL holds any text but U+0000, and UTF-8 any but half a surrogate pair. JSON has neither. */
    private static String storable(String text, String what, NewEvent event) {
        if (text.indexOf('\0') >= 0 || WellFormed.indexOfLoneSurrogate(text) >= 0) {
            throw new EventEncodingException(
                    "The codec wrote " + what + " of "
                            + event.payload().getClass().getName()
                            + " with U+0000 or half of a surrogate pair in it, which can't be stored.",
                    null);
        }
        return text;
    }
}
