package com.portfolio.infra.utilities.secrets;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes credentials out of text that others wrote, for instance the messages of drivers, before it is logged
 * or shown.
 *
 * <p>Found are: what stands before the {@code @} of a URL, but for a user's name ({@code redis://app:***@host});
 * what is assigned by {@code =} or {@code :} to a name that speaks of a password, secret, token, credential or
 * key ({@code password=***}, {@code "apiKey":"***"}, {@code password="***"} of JAAS), as a whole if it stands in
 * quotation marks or brackets; what follows {@code Bearer} and {@code Basic}; and what follows {@code Authorization:}, to
 * the end of the line. It rather hides too much than too little, and is
 * still a net below, not a licence: a credential without such a mark can't be known from other text. Takes
 * time in proportion to the text's length.
 */
public final class Redaction {

    private static final String SCHEME_END = "://";

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._%+-]{1,100}");

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

    /** What goes on after a name, up to its value; the quotation mark is escaped where JSON is quoted in a message. */
    private static final String ASSIGNS = "[\\w.-]{0,30}(?:\\\\{0,7}[\"'])?\\s{0,5}[=:]\\s{0,5}+";

    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"?";

    /** Goes on to a quotation mark that is escaped as often as the first: one that is escaped more is part of the value. */
    private static final String ESCAPED = "(?<%1$s>\\\\++)\"(?:[^\"\\\\]|(?!\\k<%1$s>\")\\\\++.)*+(?:\\\\++\")?";

    /** As lists are printed; a bracket in a quoted element does not end the list. */
    private static final String LIST =
            "\\[(?:[^]\"\\\\]|" + QUOTED + "|" + ESCAPED.formatted("ofElement") + "|\\\\++)*+]?";

    /** In quotation marks, escaped or not, or in brackets. */
    private static final String ENCLOSED =
            QUOTED + "|'(?:[^'\\\\]|\\\\.)*+'?|" + ESCAPED.formatted("ofValue") + "|" + LIST;

    private static final Pattern ASSIGNED = Pattern.compile(
            "((?:password|passwd|passphrase|pwd|secret|token|credentials?|api[_-]?key|access[_-]?key|private[_-]?key)"
                    + ASSIGNS + ")(" + ENCLOSED + "|[^\\s&]++)",
            FLAGS);

    /** Its value has several words, and none of them can be told from a credential: to the end of the line. */
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "(authorization" + ASSIGNS + ")(?!\\*\\*\\*)(" + ENCLOSED
                    + "|(?:Basic|Bearer)\\s{1,5}[^\\s&\"'\\]}]++|[^\\r\\n]++)",
            FLAGS);

    private static final Pattern OPENING_QUOTE = Pattern.compile("\\\\*+[\"']");

    private static final Pattern AUTHORIZED =
            Pattern.compile("\\b(Basic|Bearer)\\s{1,5}[A-Za-z0-9._~+/=-]{6,}+", Pattern.CASE_INSENSITIVE);

    private Redaction() {}

    /** The same text with {@value Secret#MASK} for each credential. */
    public static String redact(String text) {
        String rest = redactUrls(text);
        rest = AUTHORIZATION.matcher(rest).replaceAll(Redaction::assigned);
        rest = ASSIGNED.matcher(rest).replaceAll(Redaction::assigned);
        return AUTHORIZED.matcher(rest).replaceAll("$1 " + Secret.MASK);
    }

    /**
     * Stands in, as a cause, for an exception whose message may hold a value that no pattern knows: it has the name of
     * its class and the places where it was thrown, and neither message, cause nor suppressed exceptions.
     */
    public static Exception withoutMessage(Throwable original) {
        return FailureWithoutMessage.of(original);
    }

    private static String assigned(MatchResult match) {
        String value = match.group(2);
        Matcher opening = OPENING_QUOTE.matcher(value);
        String quote = opening.lookingAt() ? opening.group() : "";
        return Matcher.quoteReplacement(match.group(1) + quote + Secret.MASK + quote);
    }

    private static String redactUrls(String text) {
        StringBuilder redacted = new StringBuilder(text.length());
        int copied = 0;
        int scheme = text.indexOf(SCHEME_END);
        while (scheme >= 0) {
            int start = scheme + SCHEME_END.length();
            int end = endOfWord(text, start);
            int at = text.lastIndexOf('@', end - 1);
            if (at >= start) {
                redacted.append(text, copied, start).append(userInfo(text.substring(start, at)));
                copied = at;
            }
            scheme = text.indexOf(SCHEME_END, end);
        }
        return redacted.append(text, copied, text.length()).toString();
    }

    private static String userInfo(String userInfo) {
        int colon = userInfo.indexOf(':');
        boolean named = colon > 0 && USER.matcher(userInfo.substring(0, colon)).matches();
        return named ? userInfo.substring(0, colon + 1) + Secret.MASK : Secret.MASK;
    }

    /** A URL goes on to the next white space or quotation mark: what was not encoded belongs to it. */
    private static int endOfWord(String text, int start) {
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != '"') {
            end++;
        }
        return end;
    }
}
