package com.portfolio.infra.testing.server;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the few ASN.1 values that a certificate is made of, in DER (X.690). */
final class Der {

    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int CONTEXT_SPECIFIC = 0x80;
    private static final int CONSTRUCTED = 0x20;
    private static final int BITS_OF_A_SUBIDENTIFIER = 7;
    private static final int LONGEST_SHORT_LENGTH = 127;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... values) {
        return tagged(SEQUENCE, values);
    }

    static byte[] set(byte[]... values) {
        return tagged(SET, values);
    }

    static byte[] bool(boolean value) {
        return tagged(BOOLEAN, new byte[] {(byte) (value ? 0xff : 0)});
    }

    static byte[] integer(BigInteger value) {
        return tagged(INTEGER, value.toByteArray());
    }

    /** Bits whose number is a multiple of eight, but for {@code unused} at the end. */
    static byte[] bits(int unused, byte[] value) {
        return tagged(BIT_STRING, new byte[] {(byte) unused}, value);
    }

    static byte[] octets(byte[] value) {
        return tagged(OCTET_STRING, value);
    }

    static byte[] text(String value) {
        return tagged(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] time(Instant value) {
        return tagged(GENERALIZED_TIME, TIME.format(value).getBytes(StandardCharsets.US_ASCII));
    }

    /** An identifier such as {@code 2.5.29.17}. */
    static byte[] identifier(String dotted) {
        String[] parts = dotted.split("\\.", -1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(Integer.parseInt(parts[0]) * 40 + Integer.parseInt(parts[1]));
        for (int i = 2; i < parts.length; i++) {
            int part = Integer.parseInt(parts[i]);
            for (int shift = 28; shift > 0; shift -= BITS_OF_A_SUBIDENTIFIER) {
                if ((part >> shift) != 0) {
                    bytes.write(((part >> shift) & 0x7f) | 0x80);
                }
            }
            bytes.write(part & 0x7f);
        }
        return tagged(OBJECT_IDENTIFIER, bytes.toByteArray());
    }

    /** A value under a tag whose meaning depends on where it stands. */
    static byte[] context(int number, byte[] value) {
        return tagged(CONTEXT_SPECIFIC | number, value);
    }

    /** Values under a tag whose meaning depends on where it stands. */
    static byte[] contextOf(int number, byte[] value) {
        return tagged(CONTEXT_SPECIFIC | CONSTRUCTED | number, value);
    }

    private static byte[] tagged(int tag, byte[]... values) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] value : values) {
            content.writeBytes(value);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        if (content.size() <= LONGEST_SHORT_LENGTH) {
            all.write(content.size());
        } else {
            byte[] length = BigInteger.valueOf(content.size()).toByteArray();
            int start = length[0] == 0 ? 1 : 0;
            all.write(0x80 | (length.length - start));
            all.write(length, start, length.length - start);
        }
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }
}
