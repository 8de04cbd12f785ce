package com.portfolio.infra.utilities.secrets;

/**
 * Where the value of a credential stands in a text: in quotation marks, in brackets, or bare up to white space or
 * {@code &}. One that never ends goes on to the end of the text. Each character is looked at a few times at most.
 *
 * @param start  where it begins, with its quotation mark
 * @param closed where its quotation marks or brackets are closed; another name may stand behind them, though what
 *               follows at once belongs to this value too
 * @param end    where the text goes on
 * @param quote  the quotation mark that it begins with, with the backslashes before it; empty if there is none
 */
record CredentialValue(int start, int closed, int end, String quote) {

    private static final String ENDS_WORD = "&,;}])";

    CredentialValue(int start, int end) {
        this(start, end, end, "");
    }

    /**
     * The value that begins at {@code start}, not in white space; empty if none does.
     *
     * @param wordEnd where the value before ends: no word that begins before it ends elsewhere
     */
    static CredentialValue at(String text, int start, int wordEnd) {
        if (isMasked(text, start)) {
            return new CredentialValue(start, start + Secret.MASK.length());
        }
        int word = start;
        int closed = endOfValue(text, start);
        while (isScheme(text, word, closed)) {
            word = afterBlanks(text, closed);
            closed = endOfValue(text, word);
        }
        int end = wordEnd >= closed ? wordEnd : endOfWord(text, word, closed);
        return new CredentialValue(start, closed, end, quoteAt(text, start));
    }

    /**
     * The same for what authorizes: bare, it has several words, none of which can be told from a credential, so it goes
     * on to the end of the line, but for brackets that close there.
     */
    static CredentialValue ofAuthorization(String text, int start, int wordEnd) {
        boolean bare = quoteAt(text, start).isEmpty() && !isAt(text, start, '[');
        if (!bare || isMasked(text, start)) {
            return at(text, start, wordEnd);
        }
        int end = endOfLine(text, start);
        return new CredentialValue(start, isAt(text, start, '{') ? Math.max(end, endOfValue(text, start)) : end);
    }

    boolean isEmpty() {
        return start == end;
    }

    String masked() {
        return quote + Secret.MASK + quote;
    }

    /** As this class leaves it; of any other value the mask is part. */
    private static boolean isMasked(String text, int start) {
        int end = start + Secret.MASK.length();
        return text.startsWith(Secret.MASK, start) && (endsWord(text, end) || isAt(text, end, '@'));
    }

    /** The credential is the word after it. */
    private static boolean isScheme(String text, int start, int end) {
        int length = end - start;
        boolean named = (length == 5 && text.regionMatches(true, start, "Basic", 0, length))
                || (length == 6 && text.regionMatches(true, start, "Bearer", 0, length));
        return named && afterBlanks(text, end) > end;
    }

    private static int endOfValue(String text, int start) {
        int afterEscapes = afterEscapes(text, start);
        if (isMarkAt(text, afterEscapes)) {
            return endOfQuoted(text, afterEscapes, afterEscapes - start);
        }
        if (isAt(text, start, '[')) {
            return endOfBrackets(text, start, ']');
        }
        if (isAt(text, start, '{')) {
            // Spring writes {bcrypt}… where the value itself follows; SQL Server and ODBC write } in braces as }}.
            int end = Math.max(endOfBrackets(text, start, '}'), endOfBare(text, start));
            return endsWord(text, end) ? end : endOfBare(text, end);
        }
        return endOfBare(text, start);
    }

    /** Brackets of the other kind are paired within it, or mean nothing; those in quoted elements do not count. */
    private static int endOfBrackets(String text, int start, char close) {
        char open = text.charAt(start);
        int depth = 0;
        int escapes = 0;
        int i = start;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isMarkAt(text, i)) {
                i = endOfQuoted(text, i, escapes);
                escapes = 0;
                continue;
            }
            i++;
            escapes = c == '\\' ? escapes + 1 : 0;
            if (c == open) {
                depth++;
            } else if (c == close && --depth == 0) {
                return i;
            }
        }
        return i;
    }

    /**
     * Goes on to a mark that closes what one with so many escapes opened: it has as many, and maybe before them
     * backslashes of the text, each written in so many that none is left over.
     */
    private static int endOfQuoted(String text, int mark, int escapesOfMark) {
        int ofOneBackslash = 2 * (escapesOfMark + 1);
        int escapes = 0;
        for (int i = mark + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == text.charAt(mark) && escapes % ofOneBackslash == escapesOfMark) {
                return i + 1;
            }
            escapes = c == '\\' ? escapes + 1 : 0;
        }
        return text.length();
    }

    /** What follows a closing mark or bracket at once still belongs to the value. */
    private static int endOfWord(String text, int start, int closed) {
        if (quoteAt(text, start).isEmpty() && !isAt(text, start, '[')) {
            return closed;
        }
        int end = closed;
        while (!endsWord(text, end)) {
            end++;
        }
        return end;
    }

    private static int endOfBare(String text, int start) {
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != '&') {
            end++;
        }
        return end;
    }

    private static int endOfLine(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        while (end > start && "]})".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static boolean endsWord(String text, int at) {
        return at >= text.length()
                || Character.isWhitespace(text.charAt(at))
                || ENDS_WORD.indexOf(text.charAt(at)) >= 0;
    }

    private static String quoteAt(String text, int start) {
        int mark = afterEscapes(text, start);
        return isMarkAt(text, mark) ? text.substring(start, mark + 1) : "";
    }

    private static int afterEscapes(String text, int start) {
        int after = start;
        while (isAt(text, after, '\\')) {
            after++;
        }
        return after;
    }

    private static int afterBlanks(String text, int start) {
        int after = start;
        while (isAt(text, after, ' ') || isAt(text, after, '\t')) {
            after++;
        }
        return after;
    }

    private static boolean isMarkAt(String text, int at) {
        return isAt(text, at, '"') || isAt(text, at, '\'');
    }

    private static boolean isAt(String text, int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }
}
