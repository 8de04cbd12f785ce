package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.utilities.health.HealthCheckRegistry;
import com.portfolio.infra.utilities.health.HealthCheckSettings;
import com.portfolio.infra.utilities.health.HealthGroup;
import com.portfolio.infra.utilities.health.HealthHandler;
import com.portfolio.infra.utilities.health.HealthListener;
import com.portfolio.infra.utilities.health.HealthReport;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Registries that break a rule on purpose. */
final class BrokenHealthRegistries {

    private static final Duration FOR_EVER = Duration.ofDays(1);

    /** What does not happen is waited for in vain, many times over. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private BrokenHealthRegistries() {}

    static Stream<Mutant<HealthRegistryFixture>> all() {
        return Stream.of(ofRunning(), ofResults(), ofJudgement(), ofTheEndpoint())
                .flatMap(mutants -> mutants);
    }

    private static Stream<Mutant<HealthRegistryFixture>> ofRunning() {
        Object one = new Object();
        return Stream.of(
                withChecks("runsOneCheckAfterTheOther", check -> () -> {
                    synchronized (one) {
                        return check.check();
                    }
                }),
                withSettings("knowsNoTimeLimit", settings -> settings.timeout(FOR_EVER)),
                withChecks("startsACheckThatStillRuns", check -> () -> {
                    FutureTask<HealthResult> run = new FutureTask<>(check::check);
                    Thread thread = new Thread(run);
                    thread.setDaemon(true);
                    thread.start();
                    try {
                        return run.get();
                    } catch (ExecutionException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                }),
                mutant("throwsWhatACheckThrows", clock -> new ForwardingRegistry(clock) {
                    @Override
                    public HealthReport checkAll() {
                        HealthReport report = super.checkAll();
                        if (report.toString().contains("The check failed")) {
                            throw new IllegalStateException("A check failed.");
                        }
                        return report;
                    }
                }));
    }

    private static Stream<Mutant<HealthRegistryFixture>> ofResults() {
        return Stream.of(
                withChecks("tellsTheMessagesOfExceptions", check -> () -> {
                    try {
                        return check.check();
                    } catch (Exception e) {
                        return HealthResult.down(e.toString());
                    }
                }),
                withChecks("tellsTheCredentialsThatChecksGiveAway", check -> () -> inOtherWords(check.check())),
                withResults(
                        "losesDetails",
                        result -> new HealthResult(
                                result.status(), result.reason(), Map.of(), result.duration(), result.checkedAt())),
                withResults("doesNotMeasure", result -> result.took(Duration.ZERO, Instant.EPOCH)));
    }

    /** In words that nobody knows for a credential's. */
    private static HealthResult inOtherWords(HealthResult found) {
        return new HealthResult(
                found.status(),
                found.reason().map(reason -> reason.replace("://", " ")),
                found.details(),
                found.duration(),
                found.checkedAt());
    }

    private static Stream<Mutant<HealthRegistryFixture>> ofJudgement() {
        return Stream.of(
                withSettings("takesEveryCheckForCritical", settings -> settings.critical(true)),
                withSettings("runsACheckEachTime", settings -> settings.interval(Duration.ZERO)),
                withSettings("takesOneFailureForAnOutage", settings -> settings.failureThreshold(1)),
                withSettings("takesOneSuccessForARecovery", settings -> settings.successThreshold(1)),
                mutant("addsFailuresUpForEver", BrokenHealthRegistries::addingFailuresUp),
                mutant("asksAllChecksOfAnyGroup", clock -> new ForwardingRegistry(clock) {
                    @Override
                    public HealthReport check(HealthGroup group) {
                        return checkAll();
                    }
                }),
                mutant("tellsOfEachChangeTwice", clock -> new ForwardingRegistry(clock) {
                    @Override
                    public void addListener(HealthListener listener) {
                        super.addListener(listener);
                        super.addListener(listener);
                    }
                }),
                mutant("letsOneListenerSilenceTheOthers", clock -> new ForwardingRegistry(clock) {
                    private final List<HealthListener> listeners = new CopyOnWriteArrayList<>();

                    @Override
                    public void addListener(HealthListener listener) {
                        if (listeners.isEmpty()) {
                            super.addListener(change -> listeners.forEach(each -> each.changed(change)));
                        }
                        listeners.add(listener);
                    }
                }),
                mutant("isReadyWhileItShutsDown", clock -> new ForwardingRegistry(clock) {
                    @Override
                    public void shutdown() {}
                }));
    }

    /** The threshold counts failures, whatever was found in between. */
    private static ForwardingRegistry addingFailuresUp(Clock clock) {
        return new ForwardingRegistry(clock) {
            @Override
            public void register(String name, HealthCheck check, HealthCheckSettings settings) {
                super.register(name, new AddingUp(check, settings.failureThreshold()), settings.failureThreshold(1));
            }
        };
    }

    private static final class AddingUp implements HealthCheck {

        private final HealthCheck right;
        private final int threshold;
        private boolean begun;
        private int failures;

        AddingUp(HealthCheck right, int threshold) {
            this.right = right;
            this.threshold = threshold;
        }

        @Override
        public synchronized HealthResult check() throws Exception {
            HealthResult result = right.check();
            boolean first = !begun;
            begun = true;
            if (result != null && result.status() == HealthStatus.DOWN && !first) {
                failures++;
                return failures >= threshold ? result : HealthResult.degraded("Not yet.");
            }
            return result;
        }
    }

    private static Stream<Mutant<HealthRegistryFixture>> ofTheEndpoint() {
        return Stream.of(
                mutant("servesAnotherRegistry", clock -> new ForwardingRegistry(clock) {
                    @Override
                    public URI serve(boolean details) {
                        HealthCheckRegistry other = new HealthCheckRegistry();
                        closeToo(other);
                        return serve(HealthHandler.of(other).showingDetails(details));
                    }
                }),
                mutant("tellsDetailsUnasked", clock -> new ForwardingRegistry(clock) {
                    @Override
                    public URI serve(boolean details) {
                        return super.serve(true);
                    }
                }),
                mutant("answersToAnyMethodAndPath", clock -> new ForwardingRegistry(clock) {
                    @Override
                    public URI serve(boolean details) {
                        return answeringAlways(this, super.serve(details));
                    }
                }));
    }

    private static URI answeringAlways(ForwardingRegistry registry, URI right) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, -1);
                }
            });
            server.start();
            registry.closeToo(() -> server.stop(0));
            return right.resolve("http://127.0.0.1:" + server.getAddress().getPort() + "/health");
        } catch (IOException e) {
            throw new UncheckedIOException("No server.", e);
        }
    }

    private static Mutant<HealthRegistryFixture> withSettings(String name, UnaryOperator<HealthCheckSettings> change) {
        return mutant(name, clock -> new ForwardingRegistry(clock) {
            @Override
            public void register(String check, HealthCheck right, HealthCheckSettings settings) {
                super.register(check, right, change.apply(settings));
            }
        });
    }

    private static Mutant<HealthRegistryFixture> withChecks(String name, UnaryOperator<HealthCheck> change) {
        return mutant(name, clock -> new ForwardingRegistry(clock) {
            @Override
            public void register(String check, HealthCheck right, HealthCheckSettings settings) {
                super.register(check, change.apply(right), settings);
            }
        });
    }

    private static Mutant<HealthRegistryFixture> withResults(String name, UnaryOperator<HealthResult> change) {
        return mutant(name, clock -> new ForwardingRegistry(clock) {
            @Override
            public HealthReport checkAll() {
                HealthReport report = super.checkAll();
                return new HealthReport(
                        report.status(),
                        report.reason(),
                        report.parts().stream()
                                .map(part -> new HealthReport.Part(
                                        part.name(), part.critical(), part.groups(), change.apply(part.result())))
                                .toList(),
                        report.at());
            }
        });
    }

    private static Mutant<HealthRegistryFixture> mutant(String name, Function<Clock, ForwardingRegistry> broken) {
        return new Mutant<>(name, () -> new HealthRegistryFixture() {
            @Override
            public Registry open(Clock clock) {
                return broken.apply(clock);
            }

            @Override
            public Duration patience() {
                return PATIENCE;
            }
        });
    }
}
