package com.portfolio.infra.ports.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells text that UTF-8 can carry from text that it cannot.
 *
 * <p>A Java string may hold half of a surrogate pair, which no encoding can represent: it would be
 * stored as {@code ?} and come back as something else. Such text is refused instead.
 */
public final class WellFormed {

    private WellFormed() {}

    /** The index of the first lone surrogate, or -1 where there is none. */
    public static int indexOfLoneSurrogate(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /**
     * The text itself, if it is well-formed.
     *
     * @param what names the text in the error
     * @throws NullPointerException     if there is no text
     * @throws IllegalArgumentException if it has a lone surrogate
     */
    public static String require(@Nullable String text, String what) {
        Objects.requireNonNull(text, what);
        int index = indexOfLoneSurrogate(text);
        if (index >= 0) {
            throw new IllegalArgumentException("The text of " + what
                    + " is not well-formed Unicode: half of a surrogate pair at index " + index + ".");
        }
        return text;
    }
}
