package com.portfolio.infra.utilities.secrets;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A credential that gives itself away only to who asks for it by {@link #reveal()}.
 *
 * <p>Everywhere else it is {@value #MASK}: in text, so also in records, collections, messages and log lines
 * that hold it, and in the JSON of any Jackson mapper. Other mappers that look at fields find none. It can't
 * be serialised as Java objects are, nor be read from JSON. Comparing takes the same time wherever two
 * secrets of one length differ, and all have the same hash code, which tells nothing. Immutable.
 */
public final class Secret {

    /** What is shown instead. */
    public static final String MASK = "***";

    // Transient: a mapper that was told to write private fields passes it over.
    private final transient String value;

    // Jackson would take it for the counterpart of what it writes, and read the mask as a secret.
    @JsonCreator(mode = JsonCreator.Mode.DISABLED)
    private Secret(String value) {
        this.value = value;
    }

    /** The secret that a text is. */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "value"));
    }

    /** The text, for the one call that needs it; not to be kept, logged or put into a message. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int hashCode() {
        return MASK.hashCode();
    }

    /** {@value #MASK}. */
    @Override
    @JsonValue
    public String toString() {
        return MASK;
    }
}
