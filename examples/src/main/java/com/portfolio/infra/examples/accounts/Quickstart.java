package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.ports.InfrastructureException;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.bootstrap.MessageBusAdapter;
import com.portfolio.infra.utilities.bootstrap.MessageBusFactory;
import com.portfolio.infra.utilities.bootstrap.Opened;
import com.portfolio.infra.utilities.health.HealthCheckRegistry;
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

    private static final int DONE = Verdict.DONE;
    private static final int PART_FAILED = Verdict.PART_FAILED;
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
            err.println("The program was interrupted before its end.");
            return PART_FAILED;
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
        err.println(e.getMessage() == null ? "Failed: " + e : e.getMessage());
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
        try (Setup setup = Setup.of(options, environment, err);
                Infrastructure infrastructure = setup.open();
                Opened<MessageBusAdapter> ofOthers =
                        MessageBusFactory.open(setup.config().withServiceName("notifications"), Setup.CODEC);
                Notifications notifications = new Notifications(ofOthers.get().bus());
                Accounts accounts = new Accounts(infrastructure)) {
            notifications.awaitReady(PATIENCE);
            HealthCheckRegistry health = infrastructure.health();
            health.register("subscription to notices", notifications::health);
            if (!options.serve()) {
                return carryOut(options, source, setup, accounts, notifications, health);
            }
            try (UsersApi api = new UsersApi(accounts, health, options.port())) {
                int status = carryOut(options, source, setup, accounts, notifications, health);
                if (stopping.getCount() > 0) {
                    out.println();
                    out.println("Answering on " + api.address() + "/users, /users/{id} and /health; Ctrl-C ends it.");
                    stopping.await();
                }
                return status;
            }
        }
    }

    private int carryOut(
            Options options,
            CommandSource source,
            Setup setup,
            Accounts accounts,
            Notifications notifications,
            HealthCheckRegistry health)
            throws InterruptedException, UnreadableInputException {
        Tally tally = new Tally();
        Position start = accounts.head();
        long began = System.nanoTime();
        err.println(source.name() + ": carrying out commands with " + options.workers() + " workers on " + setup.store()
                + "; messages go through " + setup.bus() + ".");
        int status;
        boolean caughtUp;
        CommandRunner runner =
                begin(new CommandRunner(accounts.service(), options.workers(), tally, new Problems(err)));
        Progress progress = new Progress(tally, err).start();
        try (progress) {
            status = carryOut(runner, source);
            // A store that has failed is not asked any more.
            caughtUp = status != PART_FAILED
                    && accounts.awaitAll(PATIENCE)
                    && notifications.await(accounts.published(), PATIENCE);
        }
        Duration time = Duration.ofNanos(System.nanoTime() - began);
        boolean stopped = stopping.getCount() == 0;
        Optional<Report.InTheLog> log = status == PART_FAILED
                ? Optional.empty()
                : Optional.of(new Report.InTheLog(
                        accounts.logged(start), accounts.head().value()));
        Verdict.Facts facts = new Verdict.Facts(
                source.name(),
                status,
                stopped,
                setup.kept(),
                runner.linesRead(),
                tally.totals(),
                caughtUp,
                log.map(found -> OptionalLong.of(found.events())).orElse(OptionalLong.empty()));
        new Report(
                        source.name(),
                        setup.store(),
                        setup.bus(),
                        facts.complete(),
                        facts.totals(),
                        time,
                        setup.timings().of("append"),
                        log,
                        accounts.published(),
                        notifications.received(),
                        status == PART_FAILED ? OptionalLong.empty() : OptionalLong.of(count(accounts.users())),
                        health.checkAll().parts())
                .print(out);
        out.flush();
        Verdict verdict = Verdict.of(facts);
        verdict.sentence().ifPresent(err::println);
        return verdict.status();
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
