package com.portfolio.infra.examples.accounts;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of the quickstart in this process, to its end.
 *
 * @param status its exit status
 * @param out    what it wrote to standard output
 * @param err    what it wrote to standard error
 */
record ProgramRun(int status, String out, String err) {

    static ProgramRun of(String... args) {
        return of(Map.of(), "", args);
    }

    static ProgramRun of(Map<String, String> environment, String input, String... args) {
        return of(environment, input.getBytes(StandardCharsets.UTF_8), args);
    }

    static ProgramRun of(Map<String, String> environment, byte[] input, String... args) {
        return of(environment, new ByteArrayInputStream(input), args);
    }

    static ProgramRun of(Map<String, String> environment, InputStream input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = new Quickstart(
                        environment,
                        input,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(args));
        return new ProgramRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The number beside a label of the report; -1 if there is no such label. */
    long number(String label) {
        return number(out, label);
    }

    static long number(String report, String label) {
        Matcher line = Pattern.compile("(?m)^ *" + Pattern.quote(label) + " +([0-9,]+)\\b")
                .matcher(report);
        return line.find() ? Long.parseLong(line.group(1).replace(",", "")) : -1;
    }
}
