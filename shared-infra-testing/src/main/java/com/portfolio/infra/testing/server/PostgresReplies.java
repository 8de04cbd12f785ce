package com.portfolio.infra.testing.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a PostgreSQL server says on the wire, for {@link FaultyProxy#cutAt}; only without TLS can it be seen. */
public final class PostgresReplies {

    private PostgresReplies() {}

    /**
     * The message that a command was completed ({@code CommandComplete} of PostgreSQL's protocol 3).
     *
     * @param tag such as {@code COMMIT}, {@code INSERT 0 1} or {@code SELECT 1}
     */
    public static byte[] commandComplete(String tag) {
        byte[] text = tag.getBytes(StandardCharsets.UTF_8);
        int length = Integer.BYTES + text.length + 1;
        return ByteBuffer.allocate(1 + length)
                .put((byte) 'C')
                .putInt(length)
                .put(text)
                .put((byte) 0)
                .array();
    }
}
