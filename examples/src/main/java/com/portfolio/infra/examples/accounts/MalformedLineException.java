package com.portfolio.infra.examples.accounts;

/** A line of the input is not a command. Others may be. */
final class MalformedLineException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String why;

    /**
     * @param line which one, counted from 1
     * @param why  half a sentence that begins with a verb; it names the trouble, and quotes nothing
     */
    MalformedLineException(long line, String why) {
        super("line " + line + " " + why);
        this.why = why;
    }

    /** What is wrong with the line, in half a sentence that begins with a verb. */
    String why() {
        return why;
    }
}
