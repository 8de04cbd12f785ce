package com.portfolio.infra.utilities.resilience;

import static com.portfolio.infra.utilities.GuideTable.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.utilities.GuideTable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/resilience.md are what the code says. */
class ResilienceTablesTest {

    private static final Map<Double, String> PARTS = Map.of(0.1, "a tenth", 0.5, "half", 0.8, "four fifths");
    private static final Pattern STATES = Pattern.compile("([0-9A-Z]{5})(?: to ([0-9A-Z]{5}))?");
    private static final String DEFAULTS = "| | by default | |";
    private static final String FAILURES = "| | repeated | for the breaker |";
    private static final Map<FailureKind, String> BREAKER = Map.of(
            FailureKind.TRANSIENT,
            "a failure",
            FailureKind.PERMANENT,
            "an answer",
            FailureKind.UNRELATED,
            "not counted");

    private final FailureKinds kinds = FailureKinds.with(List.of());

    private static List<String> defaultOf(String what) throws IOException {
        return GuideTable.rows("resilience", DEFAULTS).stream()
                .filter(row -> row.get(0).equals(what))
                .map(row -> row.subList(1, row.size()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDefaultsOfRepetitionAreSo() throws IOException {
        RetryPolicy retry = RetryPolicy.defaults();
        RetryBudget budget = RetryBudget.defaults();

        assertThat(defaultOf("attempts")).startsWith(String.valueOf(retry.maxAttempts()));
        assertThat(defaultOf("waits"))
                .startsWith("up to " + words(retry.base()) + ", then up to "
                        + words(retry.base().multipliedBy(2)) + ", never more than " + words(retry.cap()));
        assertThat(defaultOf("deadline")).startsWith(words(retry.deadline()));
        assertThat(defaultOf("budget"))
                .startsWith(PARTS.get(budget.ratio()) + " of the calls, and " + budget.perSecond()
                        + " a second, of the last " + RetryTokens.SLOTS + " s");
    }

    @Test
    void theDefaultsOfTheBreakerAreSo() throws IOException {
        CircuitBreakerPolicy breaker = CircuitBreakerPolicy.defaults();
        CallWindow.Calls window = (CallWindow.Calls) breaker.window();

        assertThat(defaultOf("breaker looks back on"))
                .startsWith(window.number() + " calls, at least " + breaker.minimumCalls());
        assertThat(defaultOf("breaker opens at"))
                .containsExactly(
                        PARTS.get(breaker.failureRate()) + " of them failed, or " + PARTS.get(breaker.slowRate())
                                + " took " + words(breaker.slowCall()),
                        "for " + words(breaker.openFor()) + "; then " + breaker.trialCalls() + " trial calls within "
                                + words(breaker.trialsFor()) + " decide");
    }

    /** A call with a time limit runs on another thread; what never ends keeps its place in a bulkhead. */
    @Test
    void thereIsNoTimeLimitAndNoBulkheadByDefault() throws IOException {
        assertThat(defaultOf("time limit")).startsWith("none");
        assertThat(defaultOf("bulkhead")).startsWith("none");
        try (Resilience database = Resilience.of("database")) {
            assertThat(database.call(Thread::currentThread)).isSameAs(Thread.currentThread());
            assertThat(Stream.generate(() -> database.callAsync(() -> new CompletableFuture<>()))
                            .limit(1_000))
                    .noneMatch(call -> call.toCompletableFuture().isDone());
        }
    }

    @Test
    void everyDefaultOnThePageIsLookedAtHere() throws IOException {
        assertThat(GuideTable.rows("resilience", DEFAULTS))
                .extracting(row -> row.get(0))
                .containsExactly(
                        "attempts",
                        "waits",
                        "deadline",
                        "budget",
                        "breaker looks back on",
                        "breaker opens at",
                        "time limit",
                        "bulkhead");
    }

    private record Row(FailureKind kind, List<Throwable> failures) {}

    @Test
    void theTableOfFailuresSaysWhatIsMadeOfThem() throws IOException {
        List<Row> meant = List.of(
                new Row(FailureKind.TRANSIENT, List.of(new EventStoreUnavailableException("away", null))),
                new Row(FailureKind.PERMANENT, List.of(new EventStoreFailedException("no permission", null))),
                new Row(
                        FailureKind.TRANSIENT,
                        List.of(new ConnectException(), new SocketTimeoutException(), new UnknownHostException("db"))),
                new Row(FailureKind.PERMANENT, List.of(new SQLException("unique", "23505"))),
                new Row(
                        FailureKind.UNRELATED,
                        List.of(
                                new InterruptedException(),
                                new CancellationException(),
                                new AssertionError(),
                                new IllegalArgumentException(),
                                new IllegalStateException(),
                                new CircuitOpenException("x", CircuitState.OPEN),
                                new BulkheadFullException("x", "full", null),
                                new Exception("whatever"))));
        List<List<String>> rows = GuideTable.rows("resilience", FAILURES);

        assertThat(rows).hasSameSizeAs(meant);
        for (int i = 0; i < rows.size(); i++) {
            FailureKind kind = meant.get(i).kind();
            assertThat(rows.get(i).subList(1, 3))
                    .as(rows.get(i).get(0))
                    .containsExactly(kind == FailureKind.TRANSIENT ? "yes" : "no", BREAKER.get(kind));
            assertThat(meant.get(i).failures())
                    .as(rows.get(i).get(0))
                    .allSatisfy(failure -> assertThat(kinds.of(failure)).isEqualTo(kind));
        }
    }

    /** Every state of the classes that are named, and so of those that the page leaves out. */
    @Test
    void theStatesOnThePageAreThoseThatAreRepeated() throws IOException {
        String text = GuideTable.rows("resilience", FAILURES).get(2).get(0);
        assertThat(text).contains("SQLSTATEs 08 (without 08004)");
        Set<String> shown = new TreeSet<>();
        Matcher states = STATES.matcher(text.substring(text.indexOf("),")));
        while (states.find()) {
            String first = states.group(1);
            char last =
                    states.group(2) == null ? first.charAt(4) : states.group(2).charAt(4);
            for (char end = first.charAt(4); end <= last; end++) {
                shown.add(first.substring(0, 4) + end);
            }
        }
        Set<String> repeated = new TreeSet<>();
        Set<String> refused = new TreeSet<>();
        for (String start : shown.stream().map(state -> state.substring(0, 2)).collect(Collectors.toSet())) {
            ends().map(start::concat).filter(this::isRepeated).forEach(repeated::add);
        }
        ends().map("08"::concat).filter(state -> !isRepeated(state)).forEach(refused::add);

        assertThat(shown).isEqualTo(repeated);
        assertThat(refused).containsExactly("08004");
    }

    private boolean isRepeated(String state) {
        return kinds.of(new SQLException("x", state)) == FailureKind.TRANSIENT;
    }

    /** What follows the class in a SQLSTATE: three digits or letters. */
    private static Stream<String> ends() {
        return IntStream.range(0, 36 * 36 * 36)
                .mapToObj(number -> Integer.toString(number, 36).toUpperCase(Locale.ROOT))
                .map(digits -> "0".repeat(3 - digits.length()) + digits);
    }
}
