package com.portfolio.infra.utilities.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.EventIdConflictException;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.schema.CompatibilityMode;
import com.portfolio.infra.ports.schema.CompatibilityReport;
import com.portfolio.infra.ports.schema.InvalidSchemaException;
import com.portfolio.infra.ports.schema.SchemaIncompatibleException;
import com.portfolio.infra.ports.schema.Subject;
import com.portfolio.infra.utilities.resilience.BulkheadFullException;
import com.portfolio.infra.utilities.resilience.CallTimedOutException;
import com.portfolio.infra.utilities.resilience.CircuitOpenException;
import com.portfolio.infra.utilities.resilience.FailureKind;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.RetryAfter;
import com.portfolio.infra.utilities.resilience.RetryPolicy;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorHandlingMiddlewareTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ErrorHandlingMiddleware errors = ErrorHandlingMiddleware.create();

    private static final class UnknownAccount extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnknownAccount(String message) {
            super(message);
        }
    }

    private static final class Busy extends RuntimeException implements RetryAfter {

        private static final long serialVersionUID = 1L;

        private final transient Duration time;

        Busy(Duration time) {
            this.time = time;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(time);
        }
    }

    private static WrongExpectedVersionException conflict() {
        return new WrongExpectedVersionException(StreamId.of("order-42"), ExpectedVersion.exactly(5), 7);
    }

    private ErrorCategory category(Throwable failure) {
        return errors.describe(failure).category();
    }

    @Test
    void conflictsOfThePortsAreConflicts() {
        assertThat(category(conflict())).isEqualTo(ErrorCategory.CONFLICT);
        assertThat(category(new CompletionException(conflict()))).isEqualTo(ErrorCategory.CONFLICT);
        assertThat(category(new IllegalStateException(conflict()))).isEqualTo(ErrorCategory.CONFLICT);
        assertThat(errors.describe(conflict()).retryable()).isFalse();
        assertThat(errors.describe(conflict()).detail())
                .hasValueSatisfying(text -> assertThat(text).contains("order-42"));
    }

    @Test
    void whatThePortsCallRetryableIsUnavailable() {
        ErrorDescription error = errors.describe(new EventStoreUnavailableException("away", new ConnectException()));

        assertThat(error.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
        assertThat(error.retryable()).isTrue();
    }

    @Test
    void whatDoesNotPassIsInternal() {
        assertThat(category(new EventStoreFailedException("no permission", new SQLException("x", "42501"))))
                .isEqualTo(ErrorCategory.INTERNAL);
    }

    @Test
    void aCauseSaysWhyADependencyIsUnavailable() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Resilience resilience = Resilience.builder("slow")
                .retry(RetryPolicy.never())
                .timeLimit(Duration.ofMillis(1))
                .build()) {
            assertThatThrownBy(() -> resilience.<InterruptedException>run(never::await))
                    .isInstanceOfSatisfying(CallTimedOutException.class, e -> {
                        assertThat(category(e)).isEqualTo(ErrorCategory.TIMEOUT);
                        assertThat(category(new EventStoreUnavailableException("too slow", e)))
                                .isEqualTo(ErrorCategory.TIMEOUT);
                    });
        }
        try (Resilience resilience = Resilience.builder("full")
                .retry(RetryPolicy.never())
                .bulkhead(1)
                .build()) {
            assertThatThrownBy(() -> resilience.run(() -> resilience.run(() -> {})))
                    .isInstanceOfSatisfying(BulkheadFullException.class, e -> {
                        assertThat(category(e)).isEqualTo(ErrorCategory.OVERLOADED);
                        assertThat(category(new EventStoreUnavailableException("full", e)))
                                .isEqualTo(ErrorCategory.OVERLOADED);
                    });
        }
    }

    @Test
    void theJdksFailuresAreWhatTheyAre() {
        assertThat(category(new TimeoutException())).isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(category(new SocketTimeoutException())).isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(category(new RejectedExecutionException())).isEqualTo(ErrorCategory.OVERLOADED);
        assertThat(category(new ConnectException())).isEqualTo(ErrorCategory.UNAVAILABLE);
        assertThat(category(new InterruptedException())).isEqualTo(ErrorCategory.CANCELLED);
        assertThat(category(new CancellationException())).isEqualTo(ErrorCategory.CANCELLED);
        assertThat(category(new IllegalArgumentException("a bug, as far as anybody knows")))
                .isEqualTo(ErrorCategory.INTERNAL);
        assertThat(category(new AssertionError())).isEqualTo(ErrorCategory.INTERNAL);
    }

    @Test
    void aClassifierIsAsked() {
        ErrorHandlingMiddleware asking = ErrorHandlingMiddleware.builder()
                .classifier(failure ->
                        failure instanceof UnknownAccount ? Optional.of(FailureKind.TRANSIENT) : Optional.empty())
                .build();

        assertThat(asking.describe(new UnknownAccount("x")).category()).isEqualTo(ErrorCategory.UNAVAILABLE);
    }

    @Test
    void aServiceSaysWhatItsOwnFailuresMeanAndIsAskedFirst() {
        ErrorHandlingMiddleware own = ErrorHandlingMiddleware.builder()
                .map(UnknownAccount.class, ErrorCategory.NOT_FOUND)
                .map(
                        EventIdConflictException.class,
                        e -> ErrorDescription.of(ErrorCategory.INVALID_INPUT)
                                .code("repeated-command")
                                .error("/id", "was used before"))
                .map(RuntimeException.class, ErrorCategory.FORBIDDEN)
                .build();

        assertThat(own.describe(new UnknownAccount("There is no account 7.")).detail())
                .contains("There is no account 7.");
        assertThat(own.describe(new IllegalStateException(new UnknownAccount("x")))
                        .category())
                .as("the outer failure fits the last")
                .isEqualTo(ErrorCategory.FORBIDDEN);
        assertThat(own.describe(new Exception(new UnknownAccount("x"))).category())
                .isEqualTo(ErrorCategory.NOT_FOUND);
        ErrorDescription repeated = own.describe(new EventIdConflictException(StreamId.of("a")));
        assertThat(repeated.code()).isEqualTo("repeated-command");
        assertThat(repeated.errors()).containsExactly(new FieldError("/id", "was used before"));
    }

    @Test
    void aMappingThatFailsMakesTheFailureInternal() {
        ErrorHandlingMiddleware failing = ErrorHandlingMiddleware.builder()
                .map(UnknownAccount.class, e -> {
                    throw new IllegalStateException("broken mapping");
                })
                .build();

        assertThat(failing.describe(new UnknownAccount("x")).category()).isEqualTo(ErrorCategory.INTERNAL);
    }

    @Test
    void theCodeOfAnErrorIsAWord() {
        assertThatThrownBy(() -> ErrorDescription.of(ErrorCategory.CONFLICT).code("two words"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two words");
    }

    @Test
    void aProblemIsProblemDetails() throws Exception {
        ErrorHandlingMiddleware own = ErrorHandlingMiddleware.builder()
                .problemTypes(URI.create("https://errors.example/"))
                .map(
                        UnknownAccount.class,
                        e -> ErrorDescription.of(ErrorCategory.INVALID_INPUT)
                                .code("no-account")
                                .detail("postgresql://user:swordfish@host \"is\"\nno account")
                                .error("/account", "is not \"known\""))
                .build();

        JsonNode json = JSON.readTree(MiddlewareChain.of(own)
                .problem(new UnknownAccount("x"), "/accounts/7")
                .json());

        assertThat(json).isEqualTo(JSON.readTree("""
                        {"type": "https://errors.example/no-account", "title": "Bad Request", "status": 400,
                         "detail": "postgresql://user:***@host \\"is\\"\\\\nno account", "instance": "/accounts/7",
                         "code": "no-account", "retryable": false,
                         "errors": [{"pointer": "/account", "detail": "is not \\"known\\""}]}
                        """));
    }

    @Test
    void aServerErrorSaysNothingOfItsCause() {
        ErrorHandlingMiddleware own = ErrorHandlingMiddleware.builder()
                .map(
                        UnknownAccount.class,
                        e -> ErrorDescription.of(ErrorCategory.INTERNAL)
                                .detail("inner matters")
                                .error("/inner", "matters"))
                .map(ConnectException.class, ErrorCategory.UNAVAILABLE)
                .build();

        for (Throwable failure : new Throwable[] {
            new UnknownAccount("inner matters"),
            new ConnectException("inner matters"),
            new EventStoreUnavailableException("inner matters", null),
            new IllegalStateException("inner matters", new SQLException("inner matters")),
            new TimeoutException("inner matters")
        }) {
            Problem problem = MiddlewareChain.of(own).problem(failure, "/");
            assertThat(problem.status()).isGreaterThanOrEqualTo(500);
            assertThat(problem.json()).doesNotContain("matters");
        }
    }

    @Test
    void aFailureSaysWhenToComeBack() {
        ErrorDescription busy =
                errors.describe(new EventStoreUnavailableException("x", new Busy(Duration.ofSeconds(9))));

        assertThat(errors.retryAfter(busy)).contains(Duration.ofSeconds(9));
        assertThat(errors.retryAfter(ErrorDescription.of(ErrorCategory.UNAVAILABLE)))
                .contains(Duration.ofSeconds(5));
        assertThat(errors.retryAfter(
                        ErrorDescription.of(ErrorCategory.UNAVAILABLE).retryable(false)))
                .isEmpty();
        assertThat(errors.retryAfter(ErrorDescription.of(ErrorCategory.CONFLICT)))
                .isEmpty();
        assertThat(errors.retryAfter(ErrorDescription.of(ErrorCategory.TIMEOUT)))
                .isEmpty();
    }

    @Test
    void aMessageThatIsWrongGoesToTheDeadLettersAtOnce() {
        ErrorHandlingMiddleware own = ErrorHandlingMiddleware.builder()
                .map(UnknownAccount.class, ErrorCategory.INVALID_INPUT)
                .build();

        assertThat(own.decide(new UnknownAccount("password=swordfish\nforged")))
                .hasValueSatisfying(result -> assertThat(result)
                        .isInstanceOfSatisfying(
                                HandlerResult.ToDeadLetters.class,
                                dead -> assertThat(dead.reason())
                                        .startsWith("invalid-input: ")
                                        .contains("UnknownAccount: password=***")
                                        .doesNotContain("swordfish", "\n")));
    }

    @Test
    void aMessageThatCouldNotBeTriedIsPostponed() {
        try (Resilience resilience = Resilience.of("database")) {
            resilience.circuitBreaker().orElseThrow().forceOpen();
            assertThatThrownBy(() -> resilience.run(() -> {})).isInstanceOfSatisfying(CircuitOpenException.class, e -> {
                assertThat(errors.decide(e)).contains(HandlerResult.postpone(Duration.ofSeconds(5)));
                assertThat(errors.decide(new EventStoreUnavailableException("refused", e)))
                        .contains(HandlerResult.postpone(Duration.ofSeconds(5)));
            });
        }
        try (Resilience resilience = Resilience.builder("full")
                .retry(RetryPolicy.never())
                .bulkhead(1)
                .build()) {
            assertThatThrownBy(() -> resilience.run(() -> resilience.run(() -> {})))
                    .isInstanceOfSatisfying(
                            BulkheadFullException.class,
                            e -> assertThat(errors.decide(e)).containsInstanceOf(HandlerResult.Postpone.class));
        }
    }

    @Test
    void aMessageWhoseRepetitionWasRefusedWasTried() {
        HandlerResult postponed = HandlerResult.postpone(Duration.ofSeconds(5));
        AppendRequest request = AppendRequest.of("account-1", ExpectedVersion.any(), List.of());
        try (Resilience resilience = Resilience.of("database")) {
            resilience.circuitBreaker().orElseThrow().forceOpen();
            assertThatThrownBy(() -> resilience.run(() -> {})).isInstanceOfSatisfying(CircuitOpenException.class, e -> {
                assertThat(errors.decide(new AppendOutcomeUnknownException(request, Duration.ofSeconds(1), e)))
                        .as("its events may be stored")
                        .isNotEqualTo(Optional.of(postponed));

                e.addSuppressed(new ConnectException("The first attempt failed."));
                assertThat(errors.decide(new EventStoreUnavailableException("refused", e)))
                        .isNotEqualTo(Optional.of(postponed));
            });
        }
    }

    @Test
    void aMessageIsTriedAgainWhenTheFailureSaysSoButInADayAtMost() {
        String reason = EventStoreUnavailableException.class.getName() + ": password=***";
        assertThat(errors.decide(
                        new EventStoreUnavailableException("password=swordfish", new Busy(Duration.ofSeconds(9)))))
                .contains(HandlerResult.retry(Duration.ofSeconds(9), reason));
        assertThat(errors.decide(
                        new EventStoreUnavailableException("password=swordfish", new Busy(Duration.ofDays(9)))))
                .contains(HandlerResult.retry(Duration.ofDays(1), reason));
    }

    @Test
    void aClientComesBackInADayAtMostToo() {
        ErrorDescription busy = errors.describe(new EventStoreUnavailableException("x", new Busy(Duration.ofDays(9))));

        assertThat(errors.retryAfter(busy)).contains(Duration.ofDays(1));
    }

    @Test
    void whatOnlyLooksTooBusyIsNotPostponedForEver() {
        ErrorHandlingMiddleware own = ErrorHandlingMiddleware.builder()
                .map(UnknownAccount.class, ErrorCategory.OVERLOADED)
                .build();

        assertThat(own.decide(new RejectedExecutionException())).isEmpty();
        assertThat(own.decide(new UnknownAccount("x"))).isEmpty();
    }

    @Test
    void aBadSchemaIsTheServicesOwnFault() {
        for (Throwable failure : new Throwable[] {
            new InvalidSchemaException(Subject.of("OrderPlaced"), "it is no schema", null),
            new SchemaIncompatibleException(
                    Subject.of("OrderPlaced"), new CompatibilityReport(CompatibilityMode.BACKWARD, List.of()))
        }) {
            assertThat(category(failure)).isEqualTo(ErrorCategory.INTERNAL);
            assertThat(errors.decide(failure)).isEmpty();
        }
    }

    @Test
    void anInterruptedIoExceptionIsATimeoutUnlessTheThreadIsInterrupted() {
        assertThat(category(new InterruptedIOException("timeout"))).isEqualTo(ErrorCategory.TIMEOUT);
        Thread.currentThread().interrupt();
        try {
            assertThat(category(new InterruptedIOException("interrupted"))).isEqualTo(ErrorCategory.CANCELLED);
            assertThat(category(new SocketTimeoutException())).isEqualTo(ErrorCategory.TIMEOUT);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void theOuterFailureDecidesAndOfEachTheServiceIsAskedFirst() {
        ErrorHandlingMiddleware own = ErrorHandlingMiddleware.builder()
                .map(IllegalArgumentException.class, ErrorCategory.INVALID_INPUT)
                .build();
        IllegalArgumentException mapped = new IllegalArgumentException("x");

        ErrorDescription away = own.describe(new EventStoreUnavailableException("away", mapped));
        assertThat(away.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
        assertThat(own.decide(new EventStoreUnavailableException("away", mapped)))
                .isEmpty();
        assertThat(own.describe(new EventStoreFailedException("broken", mapped)).category())
                .as("a port that knows no more than that it failed")
                .isEqualTo(ErrorCategory.INVALID_INPUT);
        assertThat(own.describe(new EventStoreFailedException("broken", new SocketTimeoutException()))
                        .category())
                .as("a port that says that it does not pass")
                .isEqualTo(ErrorCategory.INTERNAL);
        assertThat(own.describe(new TimeoutException().initCause(mapped)).category())
                .isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(own.describe(new TimeoutException().initCause(new CancellationException()))
                        .category())
                .isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(own.describe(new Exception(mapped)).category()).isEqualTo(ErrorCategory.INVALID_INPUT);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/problems,  https://example.com/problems/conflict",
        "https://example.com/problems/, https://example.com/problems/conflict",
        "urn:problem:,                  urn:problem:conflict",
        "https://example.com/errors#,   https://example.com/errors#conflict"
    })
    void theTypeOfAProblemIsItsCodeBehindTheBase(String base, String type) {
        ErrorHandlingMiddleware own =
                ErrorHandlingMiddleware.builder().problemTypes(URI.create(base)).build();

        assertThat(MiddlewareChain.of(own).problem(conflict(), "/").type()).hasToString(type);
    }

    @Test
    void everythingElseIsUpToTheSubscriptionsPolicy() {
        assertThat(errors.decide(conflict())).isEmpty();
        assertThat(errors.decide(new EventStoreUnavailableException("away", null)))
                .isEmpty();
        assertThat(errors.decide(new IllegalStateException())).isEmpty();
        assertThat(errors.decide(new InterruptedException())).isEmpty();
    }

    @Test
    void theTitlesAreThePhrasesOfTheirStatus() {
        for (ErrorCategory category : ErrorCategory.values()) {
            assertThat(category.isServerError()).isEqualTo(category.status() >= 500);
            assertThat(category.title()).matches("[A-Z][A-Za-z ]+");
            assertThat(category.code()).matches("[a-z-]+");
        }
    }
}
