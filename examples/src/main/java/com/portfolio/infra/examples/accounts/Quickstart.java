package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.ports.InfrastructureException;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.testing.memory.InMemoryBroker;
import com.portfolio.infra.testing.memory.InMemoryMessageBus;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The program: carries out commands, reports, and answers over HTTP when asked to. */
public final class Quickstart {

    private static final int DONE = 0;
    private static final int PART_FAILED = 1;
    private static final int SOME_LINES_FAILED = 2;
    private static final int WRONG_USAGE = 64;
    private static final int NO_INPUT = 66;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long TIME_TO_END_SECONDS = 30;

    private final Map<String, String> environment;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable CommandRunner running;

    Quickstart(Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        Quickstart quickstart = new Quickstart(System.getenv(), System.in, System.out, System.err);
        CountDownLatch ended = new CountDownLatch(1);
        // Ctrl-C and SIGTERM: finish what was begun, report, close. The exit status is the signal's.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            quickstart.stop();
            try {
                if (!ended.await(TIME_TO_END_SECONDS, TimeUnit.SECONDS)) {
                    System.err.println("Not everything could be closed in time.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        int status = PART_FAILED;
        try {
            status = quickstart.run(List.of(args));
        } finally {
            ended.countDown();
        }
        System.exit(status);
    }

    /** Runs until the commands are done, or until {@link #stop} when serving; returns the exit status. */
    int run(List<String> args) {
        try {
            Options options = Options.parse(args);
            if (options.help()) {
                out.print(Options.USAGE);
                return DONE;
            }
            try (CommandSource source = open(options)) {
                return run(options, source);
            }
        } catch (Options.UsageException e) {
            return fail(e, WRONG_USAGE);
        } catch (UnreadableInputException e) {
            return fail(e, NO_INPUT);
        } catch (IOException | InfrastructureException | CannotStartException e) {
            return fail(e, PART_FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail(e, PART_FAILED);
        }
    }

    /** Makes {@link #run} finish what it has begun, and return. */
    void stop() {
        CommandRunner runner;
        synchronized (this) {
            stopping.countDown();
            runner = running;
        }
        if (runner != null) {
            runner.stop();
        }
    }

    private synchronized CommandRunner begin(CommandRunner runner) {
        running = runner;
        if (stopping.getCount() == 0) {
            runner.stop();
        }
        return runner;
    }

    private int fail(Exception e, int status) {
        err.println(e.getMessage());
        return status;
    }

    private CommandSource open(Options options) throws UnreadableInputException {
        Optional<String> input = options.input();
        if (input.isEmpty()) {
            return CommandSource.sample();
        }
        return input.get().equals("-") ? new CommandSource("Standard input", in) : CommandSource.file(input.get());
    }

    private int run(Options options, CommandSource source)
            throws IOException, InterruptedException, UnreadableInputException, CannotStartException {
        // Until the brokers' adapters exist, messages stay in this process.
        InMemoryBroker broker = new InMemoryBroker();
        try (Backend backend = Backend.open(options, environment, err);
                MessageBus bus = new InMemoryMessageBus(broker, "accounts", Adapters.noticeCodec());
                Notifications notifications =
                        new Notifications(new InMemoryMessageBus(broker, "notifications", Adapters.noticeCodec()));
                Accounts accounts = new Accounts(backend.adapters(), bus)) {
            if (!options.serve()) {
                return carryOut(options, source, accounts, notifications);
            }
            try (UsersApi api = new UsersApi(accounts, options.port())) {
                int status = carryOut(options, source, accounts, notifications);
                if (stopping.getCount() > 0) {
                    out.println();
                    out.println("Answering on " + api.address() + "/users, /users/{id} and /health; Ctrl-C ends it.");
                    stopping.await();
                }
                return status;
            }
        }
    }

    private int carryOut(Options options, CommandSource source, Accounts accounts, Notifications notifications)
            throws InterruptedException, UnreadableInputException {
        Tally tally = new Tally();
        long began = System.nanoTime();
        int status = DONE;
        boolean caughtUp;
        long lost;
        err.println(source.name() + ": carrying out commands with " + options.workers() + " workers on "
                + accounts.storeName() + ".");
        Progress progress = new Progress(tally, err).start();
        try (progress) {
            CommandRunner runner =
                    begin(new CommandRunner(accounts.service(), options.workers(), tally, new Problems(err)));
            status = carryOut(runner, source);
            lost = runner.linesRead() - tally.totals().all();
            // A store that has failed is not asked any more.
            caughtUp = status != PART_FAILED
                    && accounts.awaitAll(PATIENCE)
                    && notifications.await(accounts.published(), PATIENCE);
        }
        Duration time = Duration.ofNanos(System.nanoTime() - began);
        Tally.Totals totals = tally.totals();
        boolean stopped = stopping.getCount() == 0;
        boolean complete = status == DONE && !stopped;
        new Report(
                        source.name(),
                        accounts.storeName(),
                        complete,
                        totals,
                        time,
                        accounts.published(),
                        notifications.received(),
                        status == PART_FAILED ? OptionalLong.empty() : OptionalLong.of(count(accounts.users())),
                        accounts.health())
                .print(out);
        out.flush();
        if (!complete) {
            err.println("Not all of the input was carried out. Running it again goes on: nothing is done twice.");
            return status == DONE ? PART_FAILED : status;
        }
        if (lost != 0) {
            err.println("This must not happen: of " + Report.grouped(totals.all() + lost)
                    + " lines that were read, only " + Report.grouped(totals.all())
                    + " have an outcome. Some commands may not have been carried out.");
            return PART_FAILED;
        }
        if (!caughtUp) {
            err.println("Not everything was projected and published; the events are stored, and the next run goes on.");
            return PART_FAILED;
        }
        if (totals.all() == 0) {
            err.println(source.name() + " holds no commands.");
            return SOME_LINES_FAILED;
        }
        return totals.malformed() + totals.failed() > 0 ? SOME_LINES_FAILED : DONE;
    }

    private int carryOut(CommandRunner runner, CommandSource source) throws InterruptedException {
        try {
            runner.run(source.lines());
            return DONE;
        } catch (UnreadableInputException e) {
            return fail(e, NO_INPUT);
        } catch (InfrastructureException e) {
            return fail(e, PART_FAILED);
        }
    }

    private static long count(ProjectionStore<UserView> users) {
        long count = 0;
        Optional<PageRequest> next = Optional.of(PageRequest.first(PageRequest.MAX_LIMIT));
        while (next.isPresent()) {
            DocumentPage<UserView> page = users.list(next.get());
            count += page.documents().size();
            next = page.next();
        }
        return count;
    }
}
