package com.portfolio.infra.utilities.secrets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes credentials out of text that others wrote, for instance the messages of drivers, before it is logged or shown.
 *
 * <p>Found are:
 *
 * <ul>
 *   <li>what stands before the {@code @} of a URL, but for a user's name ({@code redis://app:***@host});
 *   <li>what is assigned by {@code =}, {@code :} or {@code =>} to a name that speaks of a password, secret, token,
 *       credential or key ({@code password=***}, {@code "apiKey":"***"}, {@code password="***"} of JAAS), as a whole if
 *       it stands in quotation marks or brackets, with what follows these before the next word;
 *   <li>what follows {@code Bearer} and {@code Basic};
 *   <li>what follows {@code Authorization:}, to the end of the line if it stands in neither.
 * </ul>
 *
 * <p>It rather hides too much than too little, and is still a net below, not a licence: a credential without such a
 * mark can't be known from other text. To redact a text again changes nothing. Takes time in proportion to the text's
 * length.
 */
public final class Redaction {

    private static final String SCHEME_END = "://";

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._%+-]{1,100}");

    /** Up to the value; the quotation mark is escaped where JSON is quoted in a message. */
    private static final Pattern NAME = Pattern.compile(
            "(?:authorization|password|passwd|passphrase|pwd|secret|token|credentials?"
                    + "|api[_-]?key|access[_-]?key|private[_-]?key)"
                    + "[\\w.-]{0,30}(?:\\\\{0,7}[\"'])?\\s{0,5}[=:]{1,2}>?\\s*+",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern OF_AUTHORIZATION = Pattern.compile("authorization", Pattern.CASE_INSENSITIVE);

    private static final Pattern AUTHORIZED =
            Pattern.compile("\\b(?:Basic|Bearer)\\s{1,5}([A-Za-z0-9._~+/=-]{6,}+)", Pattern.CASE_INSENSITIVE);

    private Redaction() {}

    /** The same text with {@value Secret#MASK} for each credential. */
    public static String redact(String text) {
        List<CredentialValue> assigned = assigned(text);
        List<CredentialValue> values = new ArrayList<>(assigned);
        values.addAll(authorized(text));
        values.addAll(ofUrls(withoutValues(text, assigned)));
        values.sort(Comparator.comparingInt(CredentialValue::start));
        return masked(text, values);
    }

    /**
     * Stands in, as a cause, for an exception whose message may hold a value that no pattern knows: it has the name of
     * its class and the places where it was thrown, and neither message, cause nor suppressed exceptions.
     */
    public static Exception withoutMessage(Throwable original) {
        return FailureWithoutMessage.of(original);
    }

    /** Of values that overlap or touch, one mask is left. */
    private static String masked(String text, List<CredentialValue> values) {
        StringBuilder masked = new StringBuilder(text.length());
        int copied = 0;
        for (CredentialValue value : values) {
            if (copied == 0 || value.start() > copied) {
                masked.append(text, copied, value.start()).append(value.masked());
            }
            copied = Math.max(copied, value.end());
        }
        return masked.append(text, copied, text.length()).toString();
    }

    /** In their order; a name within a value is part of it. */
    private static List<CredentialValue> assigned(String text) {
        List<CredentialValue> values = new ArrayList<>();
        Matcher name = NAME.matcher(text);
        int from = 0;
        int wordEnd = 0;
        while (name.find(from)) {
            CredentialValue value = OF_AUTHORIZATION.matcher(name.group()).find()
                    ? CredentialValue.ofAuthorization(text, name.end(), wordEnd)
                    : CredentialValue.at(text, name.end(), wordEnd);
            if (!value.isEmpty()) {
                values.add(value);
            }
            from = value.closed();
            wordEnd = value.end();
        }
        return values;
    }

    private static List<CredentialValue> authorized(String text) {
        return AUTHORIZED
                .matcher(text)
                .results()
                .map(match -> new CredentialValue(match.start(1), match.end(1)))
                .toList();
    }

    /**
     * The text of the same length in which a URL goes on across the values in it, as it does where they are masked: an
     * {@code @} in one may be the URL's.
     */
    private static String withoutValues(String text, List<CredentialValue> values) {
        char[] without = text.toCharArray();
        int done = 0;
        for (CredentialValue value : values) {
            for (int i = Math.max(done, value.start() + value.quote().length()); i < value.end(); i++) {
                without[i] = without[i] == '@' ? '@' : '*';
            }
            done = value.end();
        }
        return new String(without);
    }

    private static List<CredentialValue> ofUrls(String text) {
        List<CredentialValue> values = new ArrayList<>();
        int scheme = text.indexOf(SCHEME_END);
        while (scheme >= 0) {
            int start = scheme + SCHEME_END.length();
            int end = endOfUrl(text, start);
            int at = lastAt(text, start, end);
            if (at >= start) {
                values.add(new CredentialValue(afterUser(text, start, at), at));
            }
            scheme = text.indexOf(SCHEME_END, end);
        }
        return values;
    }

    private static int lastAt(String text, int start, int end) {
        int at = end - 1;
        while (at >= start && text.charAt(at) != '@') {
            at--;
        }
        return at;
    }

    private static int afterUser(String text, int start, int at) {
        int colon = text.substring(start, at).indexOf(':');
        boolean named =
                colon > 0 && USER.matcher(text).region(start, start + colon).matches();
        return named ? start + colon + 1 : start;
    }

    /** A URL goes on to the next white space or quotation mark: what was not encoded belongs to it. */
    private static int endOfUrl(String text, int start) {
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != '"') {
            end++;
        }
        return end;
    }
}
