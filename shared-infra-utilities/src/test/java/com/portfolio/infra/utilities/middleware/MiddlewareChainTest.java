package com.portfolio.infra.utilities.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.utilities.resilience.FailureClassifier;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class MiddlewareChainTest {

    private static final Call CALL = Call.of(CallKind.OTHER, "find");

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private final class Noting implements Middleware {

        private final String name;
        private final MiddlewareLayer layer;

        Noting(MiddlewareLayer layer) {
            this(layer.name(), layer);
        }

        Noting(String name, MiddlewareLayer layer) {
            this.name = name;
            this.layer = layer;
        }

        @Override
        public MiddlewareLayer layer() {
            return layer;
        }

        @Override
        public CallScope begin(Call call) {
            seen.add(name + " begins");
            return new CallScope() {
                @Override
                public void leave() {
                    seen.add(name + " leaves");
                }

                @Override
                public void end(CallEnd end) {
                    seen.add(name + " ends"
                            + end.failure()
                                    .map(failure -> " with " + failure.getMessage())
                                    .orElse(""));
                }
            };
        }
    }

    @Test
    void whateverOrderTheyAreGivenInTheyStandInThatOfTheirLayers() {
        LoggingMiddleware logging = LoggingMiddleware.create();
        MetricsMiddleware metrics = new MetricsMiddleware();
        TracingMiddleware tracing = TracingMiddleware.create();
        ErrorHandlingMiddleware errors = ErrorHandlingMiddleware.create();
        Middleware own = new Noting(MiddlewareLayer.INNERMOST);
        List<Middleware> given = new ArrayList<>(List.of(own, errors, logging, metrics, tracing));

        assertThat(MiddlewareChain.of(given).middleware()).containsExactly(tracing, metrics, logging, errors, own);
        Collections.reverse(given);
        assertThat(MiddlewareChain.of(given).middleware()).containsExactly(tracing, metrics, logging, errors, own);
    }

    @Test
    void thoseOfOneLayerStandAsTheyWereGiven() {
        Middleware first = new Noting("first", MiddlewareLayer.LOGGING);
        Middleware second = new Noting("second", MiddlewareLayer.LOGGING);

        assertThat(MiddlewareChain.of(first, second).middleware()).containsExactly(first, second);
        assertThat(MiddlewareChain.of(second, first).middleware()).containsExactly(second, first);
    }

    @Test
    void twoForTracingOrTwoForErrorsAreRefused() {
        assertThatThrownBy(() -> MiddlewareChain.of(TracingMiddleware.create(), TracingMiddleware.notSampling()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one TracingMiddleware, not for 2");
        assertThatThrownBy(() -> MiddlewareChain.of(ErrorHandlingMiddleware.create(), ErrorHandlingMiddleware.create()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one ErrorHandlingMiddleware, not for 2");
    }

    @Test
    void aBlockingCallIsSeenFromTheOutsideInAndBack() {
        MiddlewareChain chain =
                MiddlewareChain.of(new Noting(MiddlewareLayer.LOGGING), new Noting(MiddlewareLayer.TRACING));

        String result = chain.call(CALL, () -> {
            seen.add("call");
            return "found";
        });

        assertThat(result).isEqualTo("found");
        assertThat(seen)
                .containsExactly(
                        "TRACING begins",
                        "LOGGING begins",
                        "call",
                        "LOGGING leaves",
                        "TRACING leaves",
                        "LOGGING ends",
                        "TRACING ends");
    }

    @Test
    void aFailureIsSeenAndComesOutAsItIs() {
        MiddlewareChain chain = MiddlewareChain.of(new Noting(MiddlewareLayer.LOGGING));
        IOException failure = new IOException("no luck");

        assertThatThrownBy(() -> chain.<IOException>run(CALL, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(seen).containsExactly("LOGGING begins", "LOGGING leaves", "LOGGING ends with no luck");
    }

    @Test
    void anErrorIsSeenToo() {
        MiddlewareChain chain = MiddlewareChain.of(new Noting(MiddlewareLayer.LOGGING));

        assertThatThrownBy(() -> chain.run(CALL, () -> {
                    throw new AssertionError("broken");
                }))
                .isInstanceOf(AssertionError.class);
        assertThat(seen).contains("LOGGING ends with broken");
    }

    @Test
    void anAsynchronousCallLeavesItsThreadFirstAndEndsWithItsStage() {
        MiddlewareChain chain =
                MiddlewareChain.of(new Noting(MiddlewareLayer.LOGGING), new Noting(MiddlewareLayer.TRACING));
        CompletableFuture<String> work = new CompletableFuture<>();

        CompletionStage<String> stage = chain.callAsync(CALL, () -> work);
        seen.add("handed out");
        assertThat(stage.toCompletableFuture()).isNotDone();
        CompletionStage<Void> after = stage.thenAccept(found -> seen.add("told " + found));
        work.complete("it");

        assertThat(after.toCompletableFuture()).isCompleted();
        assertThat(seen)
                .containsExactly(
                        "TRACING begins",
                        "LOGGING begins",
                        "LOGGING leaves",
                        "TRACING leaves",
                        "handed out",
                        "LOGGING ends",
                        "TRACING ends",
                        "told it");
    }

    @Test
    void theFailureOfAStageIsNotWrapped() {
        MiddlewareChain chain = MiddlewareChain.of(new Noting(MiddlewareLayer.LOGGING));
        IOException failure = new IOException("no luck");

        CompletionStage<String> stage =
                chain.callAsync(CALL, () -> CompletableFuture.failedFuture(new CompletionException(failure)));

        List<Throwable> told = new ArrayList<>();
        assertThat(stage.whenComplete((value, e) -> told.add(e)).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(told).containsExactly(failure);
        assertThat(seen).contains("LOGGING ends with no luck");
    }

    @Test
    void whatTheSupplierThrowsOrForgetsIsTheFailureOfTheStage() {
        for (MiddlewareChain chain :
                List.of(MiddlewareChain.none(), MiddlewareChain.of(new Noting(MiddlewareLayer.LOGGING)))) {
            assertThat(chain.callAsync(CALL, () -> {
                                throw new IllegalStateException("not now");
                            })
                            .toCompletableFuture())
                    .isCompletedExceptionally();
            assertThat(chain.callAsync(CALL, () -> null).toCompletableFuture())
                    .failsWithin(java.time.Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void cancellingTheStageDoesNotCancelTheWork() {
        MiddlewareChain chain = MiddlewareChain.of(new Noting(MiddlewareLayer.LOGGING));
        CompletableFuture<String> work = new CompletableFuture<>();

        chain.callAsync(CALL, () -> work).toCompletableFuture().cancel(true);
        assertThat(work).isNotDone();
        assertThat(seen).doesNotContain("LOGGING ends");
        work.complete("it");

        assertThat(seen).contains("LOGGING ends");
    }

    @Test
    void aMiddlewareThatFailsHarmsNoCallAndNoOther() {
        Middleware failing = new Middleware() {
            @Override
            public MiddlewareLayer layer() {
                return MiddlewareLayer.METRICS;
            }

            @Override
            public CallScope begin(Call call) {
                if (call.operation().equals("begin")) {
                    throw new IllegalStateException("postgresql://user:swordfish@host at begin");
                }
                return new CallScope() {
                    @Override
                    public void leave() {
                        throw new IllegalStateException("at leave");
                    }

                    @Override
                    public void end(CallEnd end) {
                        throw new IllegalStateException("at end");
                    }
                };
            }
        };
        MiddlewareChain chain = MiddlewareChain.of(failing, new Noting(MiddlewareLayer.LOGGING));
        try (LoggedLines lines = new LoggedLines(MiddlewareChain.class, Level.INFO)) {
            assertThat(chain.call(Call.of(CallKind.OTHER, "begin"), () -> "one"))
                    .isEqualTo("one");
            assertThat(chain.call(CALL, () -> "two")).isEqualTo("two");

            assertThat(lines.all()).hasSize(3);
            assertThat(LoggedLines.stackTrace(lines.all().get(0)))
                    .contains("IllegalStateException: postgresql://user:***@host at begin")
                    .doesNotContain("swordfish");
        }
        assertThat(seen)
                .containsExactly(
                        "LOGGING begins",
                        "LOGGING leaves",
                        "LOGGING ends",
                        "LOGGING begins",
                        "LOGGING leaves",
                        "LOGGING ends");
    }

    @Test
    void noMiddlewareIsTheEmptyChain() {
        assertThat(MiddlewareChain.of()).isSameAs(MiddlewareChain.none());
        assertThat(MiddlewareChain.none().isEmpty()).isTrue();
        assertThat(MiddlewareChain.none().call(CALL, () -> 1)).isEqualTo(1);
    }

    @Test
    void aDetailIsAskedForItsTextOnlyIfSomebodyWantsIt() {
        Object untouchable = new Object() {
            @Override
            public String toString() {
                throw new AssertionError("Nobody wants it.");
            }
        };
        MiddlewareChain chain = MiddlewareChain.of(
                TracingMiddleware.create(),
                new MetricsMiddleware(),
                LoggingMiddleware.create(),
                ErrorHandlingMiddleware.create());

        try (LoggedLines lines = new LoggedLines(LoggingMiddleware.class, Level.INFO)) {
            assertThat(chain.call(CALL.detail("id", untouchable).payload(untouchable), () -> 1))
                    .isEqualTo(1);
            assertThat(lines.all()).isEmpty();
        }
    }

    /** Fails as a class does that is missing on the class path. */
    private static final class Missing implements Middleware {

        private final String at;

        Missing(String at) {
            this.at = at;
        }

        @Override
        public MiddlewareLayer layer() {
            return MiddlewareLayer.INNERMOST;
        }

        private void failAt(String place) {
            if (at.equals(place)) {
                throw new NoClassDefFoundError("missing at " + at);
            }
        }

        @Override
        public CallScope begin(Call call) {
            failAt("begin");
            return new CallScope() {
                @Override
                public void leave() {
                    failAt("leave");
                }

                @Override
                public void end(CallEnd end) {
                    failAt("end");
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "leave", "end"})
    void anErrorInAMiddlewareHarmsNoCallAndLeavesNothingOnTheThread(String at) {
        MiddlewareChain chain = MiddlewareChain.of(
                TracingMiddleware.create(),
                LoggingMiddleware.create(),
                new Noting(MiddlewareLayer.LOGGING),
                new Missing(at));
        Call task = Call.of(CallKind.TASK, "job");
        CompletableFuture<String> work = new CompletableFuture<>();
        try (LoggedLines lines = new LoggedLines(MiddlewareChain.class, Level.INFO)) {
            assertThat(chain.call(task, () -> "done")).isEqualTo("done");
            CompletionStage<String> stage = chain.callAsync(task, () -> work);
            CompletionStage<String> failing =
                    chain.callAsync(task, () -> CompletableFuture.failedFuture(new IOException("no luck")));
            work.complete("later");

            assertThat(stage.toCompletableFuture()).isCompletedWithValue("later");
            assertThat(failing.toCompletableFuture()).isCompletedExceptionally();
            assertThat(lines.all()).hasSize(3);
        }
        assertThat(MDC.get(LoggingMiddleware.TRACE_ID)).isNull();
        assertThat(MDC.get(LoggingMiddleware.SPAN_ID)).isNull();
        assertThat(Correlation.current()).isEqualTo(Metadata.empty());
        assertThat(seen).filteredOn(line -> line.startsWith("LOGGING ends")).hasSize(3);
    }

    @Test
    void aStageThatTakesNoCallbackIsAFailedCall() {
        MiddlewareChain chain = MiddlewareChain.of(new Noting(MiddlewareLayer.LOGGING));

        CompletionStage<String> stage = chain.callAsync(CALL, () -> new CompletableFuture<>() {
            @Override
            public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
                throw new UnsupportedOperationException("It tells nobody.");
            }
        });

        assertThat(stage.toCompletableFuture()).isCompletedExceptionally();
        assertThat(seen).contains("LOGGING ends with It tells nobody.");
    }

    @Test
    void withoutMiddlewareAStageIsTheSuppliersOwn() {
        CompletableFuture<String> work = new CompletableFuture<>();

        assertThat(MiddlewareChain.none().callAsync(CALL, () -> work)).isSameAs(work);
    }

    @Test
    void noMiddlewareNeedsNobodyWhoKnowsFailures(@TempDir Path broken) throws Exception {
        Path services = Files.createDirectories(broken.resolve("META-INF/services"));
        Files.writeString(services.resolve(FailureClassifier.class.getName()), "no.such.Classifier");
        List<URL> classPath = new ArrayList<>(List.of(broken.toUri().toURL()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> chain = loader.loadClass(MiddlewareChain.class.getName());

            assertThat(chain.getMethod("none").invoke(null)).hasToString("MiddlewareChain[]");
            assertThat(Class.forName(CallEnd.class.getName(), true, loader)).isNotNull();
        }
    }
}
