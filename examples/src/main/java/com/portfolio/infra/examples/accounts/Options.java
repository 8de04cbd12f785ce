package com.portfolio.infra.examples.accounts;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param input   a file, {@code -} for standard input, empty for the sample
 * @param memory  whether to keep everything in memory
 * @param data    where the embedded PostgreSQL keeps its data; empty for nowhere
 * @param migrate whether to create or update the tables in the database
 * @param serve   whether to answer over HTTP and stay up
 * @param port    where to; 0 for any that is free
 * @param workers how many commands are worked on at once
 * @param help    whether only to explain itself
 */
record Options(
        Optional<String> input,
        boolean memory,
        Optional<Path> data,
        boolean migrate,
        boolean serve,
        int port,
        int workers,
        boolean help) {

    static final String USAGE = """
            Usage: quickstart [OPTION]... [FILE]

            Carries out commands on accounts, one a line, and says what came of them:

              {"id":"c-1","command":"register","user":"ada","email":"ada@example.org"}
              {"id":"c-2","command":"change-email","user":"ada","email":"ada@example.com"}
              {"id":"c-3","command":"deactivate","user":"ada"}

            Without FILE it takes the sample that it brings along; with - standard input. A command
            whose id was carried out before is not carried out again, so that a file can be run twice
            where the data is kept: in the database of DATABASE_URL, or with --data.
            A line may name its sender ("from":"web"): what one sender says about one user is done in
            the order of the lines, different senders run side by side.

            Options
              --memory      keep everything in memory; no database
              --data DIR    keep the data of the embedded PostgreSQL in DIR, for the next run
              --migrate     create or update the tables in the database of DATABASE_URL
              --serve       answer on http://127.0.0.1:8080 and stay up until Ctrl-C
              --port N      answer on another port; 0 for any that is free
              --workers N   work on N commands at once, 1 to 64; 8 unless said otherwise
              --help        print this

            Environment
              DATABASE_URL  the database, as in postgresql://user:password@host:5432/name; without it
                            an embedded PostgreSQL is started, and its data is gone afterwards
                            unless --data says where to keep it
              MESSAGE_BUS_PROVIDER
                            memory unless said otherwise; with kafka messages go through the brokers of
                            KAFKA_BROKERS, and without that through an embedded Kafka
              Every other variable of docs/configuration.md counts too, such as DB_POOL_SIZE and
              EVENT_STORE_PROVIDER (postgres unless said otherwise; --memory is memory).

            Exit status
              0   every line was a command and got its answer; rejections are answers
              1   a part was missing or failed: the database, the port, the disk
              2   some lines were not commands, or failed; the others were carried out
              64  this usage was not kept to
              66  the input can't be read
            """;

    private static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_WORKERS = 8;
    private static final int MAX_WORKERS = 64;
    private static final int MAX_PORT = 65_535;

    /** A command line that asks for something that does not exist. */
    static final class UsageException extends Exception {

        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static Options parse(List<String> args) throws UsageException {
        Optional<String> input = Optional.empty();
        boolean memory = false;
        Optional<Path> data = Optional.empty();
        boolean migrate = false;
        boolean serve = false;
        int port = DEFAULT_PORT;
        int workers = DEFAULT_WORKERS;
        boolean help = false;
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String arg = rest.next();
            switch (arg) {
                case "--memory" -> memory = true;
                case "--data" -> data = Optional.of(folder(rest));
                case "--migrate" -> migrate = true;
                case "--serve" -> serve = true;
                case "--port" -> port = number(arg, rest, 0, MAX_PORT);
                case "--workers" -> workers = number(arg, rest, 1, MAX_WORKERS);
                case "--help", "-h" -> help = true;
                default -> {
                    if (arg.startsWith("-") && !arg.equals("-")) {
                        throw new UsageException("There is no option '" + arg + "'; see --help.");
                    }
                    if (input.isPresent()) {
                        throw new UsageException(
                                "One file at a time: '" + input.get() + "' or '" + arg + "'; see --help.");
                    }
                    input = Optional.of(arg);
                }
            }
        }
        return new Options(input, memory, data, migrate, serve, port, workers, help);
    }

    private static Path folder(Iterator<String> rest) throws UsageException {
        String text = rest.hasNext() ? rest.next() : "";
        if (text.isBlank() || text.startsWith("-")) {
            throw new UsageException("The option --data takes a directory; see --help.");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("The option --data takes a directory, and '" + text + "' is not one; see --help.");
        }
    }

    private static int number(String option, Iterator<String> rest, int least, int most) throws UsageException {
        String text = rest.hasNext() ? rest.next() : "nothing";
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refused(option, text, least, most);
        }
        throw refused(option, text, least, most);
    }

    private static UsageException refused(String option, String text, int least, int most) {
        return new UsageException("The option " + option + " takes a number from " + least + " to " + most + ", not '"
                + text + "'; see --help.");
    }
}
