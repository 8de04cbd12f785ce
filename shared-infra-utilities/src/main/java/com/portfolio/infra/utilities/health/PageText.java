package com.portfolio.infra.utilities.health;

/** Text of a page, in which only what is meant as HTML is HTML. */
final class PageText {

    private static final char REPLACEMENT = '\ufffd';

    private final StringBuilder html = new StringBuilder();

    /** Adds HTML of our own. */
    PageText html(String ours) {
        html.append(ours);
        return this;
    }

    /** Adds text of anybody's, to be shown as it is, within an element or within a quoted attribute. */
    PageText text(String anybodys) {
        for (int i = 0; i < anybodys.length(); i++) {
            char c = anybodys.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\n', '\t' -> html.append(c);
                default -> html.append(Character.isISOControl(c) ? REPLACEMENT : c);
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
