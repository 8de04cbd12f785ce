package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.utilities.secrets.Redaction;
import java.util.Locale;

/** Makes text that others wrote fit for a log: on one line, without credentials, and not too long. */
final class LogText {

    /** The longest text of an id or an attribute. */
    static final int SHORT = 256;

    /** The longest text of a message. */
    static final int LONG = 2_000;

    private static final String CUT = "…";

    private LogText() {}

    /** On one line, without credentials, and at most {@code max} characters and the mark that it was cut. */
    static String of(String text, int max) {
        if (isInnocent(text)) {
            return cut(text, max);
        }
        // Before and after: a line break may hide where a credential goes on, and may be what it is told from.
        return cut(Redaction.redact(oneLine(Redaction.redact(text))), max);
    }

    /** The same for an id or an attribute. */
    static String brief(String text) {
        return of(text, SHORT);
    }

    /**
     * Whether there is nothing to hide and nothing to escape, without a search for it: credentials are told from an '=',
     * a ':' or a space, and ids have none of them.
     */
    private static boolean isInnocent(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '=' || c == ':') {
                return false;
            }
        }
        return true;
    }

    /** Whether there is something to hide or to escape. */
    static boolean isUnfit(String text) {
        return !isInnocent(text) && !of(text, Integer.MAX_VALUE).equals(text);
    }

    private static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end) + CUT;
    }

    /** The same with an escape for each character that breaks a line, moves the cursor or turns the writing around. */
    static String oneLine(String text) {
        int clean = 0;
        while (clean < text.length() && !isEscaped(text.charAt(clean))) {
            clean++;
        }
        if (clean == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, clean);
        for (int i = clean; i < text.length(); i++) {
            escape(text.charAt(i), escaped);
        }
        return escaped.toString();
    }

    private static void escape(char c, StringBuilder to) {
        switch (c) {
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            default -> {
                if (isEscaped(c)) {
                    to.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                } else {
                    to.append(c);
                }
            }
        }
    }

    private static boolean isEscaped(char c) {
        if (c >= 0x20 && c < 0x7F) {
            return false;
        }
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
