package com.portfolio.infra.utilities.secrets;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Everything that an exception would print. */
final class Throwables {

    private Throwables() {}

    static String text(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
