package com.portfolio.infra.neon.internal;

import com.portfolio.infra.ports.projection.DocumentQuery;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended.
 *
 * <p>Written with a fingerprint of the list or query that it belongs to, as it means nothing in another one.
 *
 * @param value the value that the last document was ordered by, as it is stored; empty if it had none
 * @param id    the id of the last document
 */
public record DocumentCursor(Optional<Object> value, String id) {

    private static final int FINGERPRINT_BYTES = 6;
    private static final int FINGERPRINT_LENGTH = 2 * FINGERPRINT_BYTES;

    /** What tells one list or query from another. */
    public static String fingerprint(String projection, DocumentQuery query) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] digest = sha256.digest((projection + '\0' + query).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }

    /** The cursor as text. */
    public String encode(String fingerprint) {
        String kind = value.map(DocumentCursor::kind).orElse("-");
        String text = fingerprint + kind + id.length() + ":" + id
                + value.map(Object::toString).orElse("");
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String kind(Object value) {
        return value instanceof String ? "T" : value instanceof BigDecimal ? "N" : "I";
    }

    /**
     * A cursor from its text.
     *
     * @throws IllegalArgumentException if it is none, or of another list or query
     */
    public static DocumentCursor decode(String encoded, String fingerprint) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            if (text.startsWith(fingerprint)) {
                return parse(text.substring(FINGERPRINT_LENGTH));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw notACursor(e);
        }
        throw notACursor(null);
    }

    private static DocumentCursor parse(String text) {
        int colon = text.indexOf(':');
        int end = colon + 1 + Integer.parseInt(text.substring(1, colon));
        String value = text.substring(end);
        Optional<Object> parsed = switch (text.charAt(0)) {
            case '-' -> Optional.empty();
            case 'T' -> Optional.of(value);
            case 'N' -> Optional.of(new BigDecimal(value));
            default -> Optional.of(Long.valueOf(value));
        };
        return new DocumentCursor(parsed, text.substring(colon + 1, end));
    }

    private static IllegalArgumentException notACursor(@Nullable Exception cause) {
        return new IllegalArgumentException("The cursor is not one of this list or query.", cause);
    }
}
