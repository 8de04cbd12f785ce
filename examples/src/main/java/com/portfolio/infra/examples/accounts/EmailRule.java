package com.portfolio.infra.examples.accounts;

/** What this service takes for an e-mail address: enough to catch slips, far from all of RFC 5322. */
final class EmailRule {

    private static final int MAX_LENGTH = 254;

    private EmailRule() {}

    static boolean isAddress(String text) {
        int at = text.indexOf('@');
        return at > 0
                && at == text.lastIndexOf('@')
                && text.indexOf('.', at) > at + 1
                && !text.endsWith(".")
                && text.length() <= MAX_LENGTH
                && text.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }
}
