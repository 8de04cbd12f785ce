package com.portfolio.infra.testing.server;

/** Finds a sequence of bytes in a stream that comes in pieces (Knuth, Morris and Pratt). Not thread-safe. */
final class BytePattern {

    private final byte[] pattern;
    private final int[] fallback;
    private int matched;

    BytePattern(byte[] pattern) {
        if (pattern.length == 0) {
            throw new IllegalArgumentException("A pattern must have at least one byte.");
        }
        this.pattern = pattern.clone();
        this.fallback = new int[pattern.length];
        for (int i = 1, length = 0; i < pattern.length; i++) {
            while (length > 0 && pattern[i] != pattern[length]) {
                length = fallback[length - 1];
            }
            if (pattern[i] == pattern[length]) {
                length++;
            }
            fallback[i] = length;
        }
    }

    /** The index after the last byte of the first occurrence that ends in this piece, or -1. */
    int endIn(byte[] piece) {
        for (int i = 0; i < piece.length; i++) {
            while (matched > 0 && piece[i] != pattern[matched]) {
                matched = fallback[matched - 1];
            }
            if (piece[i] == pattern[matched]) {
                matched++;
            }
            if (matched == pattern.length) {
                matched = fallback[matched - 1];
                return i + 1;
            }
        }
        return -1;
    }
}
