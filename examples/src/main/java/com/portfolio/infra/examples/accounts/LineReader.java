package com.portfolio.infra.examples.accounts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads lines of UTF-8 text, one at a time and none longer than {@value #MAX_BYTES} bytes, so that no
 * input, however large or strange, fills the memory. A byte order mark, Windows line endings and a last
 * line without an ending are all right.
 */
final class LineReader {

    static final int MAX_BYTES = 64 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int end;
    private long lines;

    /**
     * Reads lines from bytes.
     *
     * @param name names the input in errors
     */
    LineReader(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /**
     * The next line; empty at the end.
     *
     * @throws MalformedLineException   if the line is too long or not UTF-8; the one after it can be read
     * @throws UnreadableInputException if there is no going on
     */
    Optional<InputLine> next() throws MalformedLineException, UnreadableInputException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        boolean tooLong = false;
        int read = read();
        if (read < 0) {
            return Optional.empty();
        }
        lines++;
        for (; read >= 0 && read != '\n'; read = read()) {
            if (bytes.size() < MAX_BYTES) {
                bytes.write(read);
            } else {
                tooLong = true;
            }
        }
        if (tooLong) {
            throw new MalformedLineException(lines, "is longer than " + MAX_BYTES + " bytes");
        }
        return Optional.of(new InputLine(lines, decode(bytes.toByteArray())));
    }

    private int read() throws UnreadableInputException {
        if (position == end) {
            try {
                end = Math.max(0, in.read(buffer));
            } catch (IOException e) {
                throw new UnreadableInputException(
                        name + " can't be read beyond line " + lines + ": "
                                + Optional.ofNullable(e.getMessage())
                                        .orElse(e.getClass().getSimpleName()) + ".",
                        e);
            }
            position = 0;
            if (end == 0) {
                return -1;
            }
        }
        return buffer[position++] & 0xFF;
    }

    private String decode(byte[] bytes) throws MalformedLineException, UnreadableInputException {
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        int start = 0;
        if (lines == 1 && length >= 2) {
            if (is(bytes, 0xFF, 0xFE) || is(bytes, 0xFE, 0xFF)) {
                throw new UnreadableInputException(name + " is UTF-16 text; save it as UTF-8.", null);
            }
            if (is(bytes, 0x1F, 0x8B)) {
                throw new UnreadableInputException(name + " is compressed; pipe it in with 'gunzip -c'.", null);
            }
            if (is(bytes, 0xEF, 0xBB) && length >= 3 && (bytes[2] & 0xFF) == 0xBF) {
                start = 3;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedLineException(lines, "is not UTF-8 text");
        }
    }

    private static boolean is(byte[] bytes, int first, int second) {
        return (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }
}
