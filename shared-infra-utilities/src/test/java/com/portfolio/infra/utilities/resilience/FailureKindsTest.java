package com.portfolio.infra.utilities.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureKindsTest {

    private final FailureKinds kinds = FailureKinds.with(List.of());

    static Stream<Throwable> transients() {
        return Stream.of(
                new EventStoreUnavailableException("away", null),
                new CallTimedOutException("x", Duration.ofSeconds(1)),
                new ConnectException(),
                new SocketException("Connection reset"),
                new SocketTimeoutException(),
                new HttpTimeoutException("late"),
                new UnknownHostException("db"),
                new ClosedChannelException(),
                new EOFException(),
                new TimeoutException(),
                new SQLTransientConnectionException("pool"),
                new SQLException("busy", "53300"),
                new UncheckedIOException(new ConnectException()),
                new CompletionException(new ExecutionException(new ConnectException())),
                new RuntimeException(new IOException(new SQLException("lost", "08006"))));
    }

    @ParameterizedTest
    @MethodSource("transients")
    void whatPassesByItselfIsTransient(Throwable failure) {
        assertThat(kinds.of(failure)).isEqualTo(FailureKind.TRANSIENT);
    }

    static Stream<Throwable> permanents() {
        return Stream.of(
                new EventStoreFailedException("no permission", new ConnectException()),
                new WrongExpectedVersionException(StreamId.of("a-1"), ExpectedVersion.exactly(1), 2),
                new CompletionException(new EventStoreFailedException("no permission", null)),
                new SQLException("unique", "23505"),
                new SQLException("refused", "08004"));
    }

    @ParameterizedTest
    @MethodSource("permanents")
    void anAnswerIsPermanentWhateverCausedIt(Throwable failure) {
        assertThat(kinds.of(failure)).isEqualTo(FailureKind.PERMANENT);
    }

    static Stream<Throwable> unrelated() {
        return Stream.of(
                new InterruptedException(),
                new InterruptedIOException(),
                new ClosedByInterruptException(),
                new CancellationException(),
                new IllegalArgumentException(new ConnectException()),
                new IllegalStateException(),
                new NullPointerException(),
                new UnsupportedOperationException(),
                new OutOfMemoryError(),
                new ExecutionException(new StackOverflowError()),
                new Exception("whatever"),
                new IOException("whatever"),
                new CircuitOpenException("x", CircuitState.OPEN),
                new BulkheadFullException("x", "full", null),
                // What another layer refused, or was interrupted in, whatever it is wrapped in.
                new EventStoreUnavailableException("refused", new CircuitOpenException("x", CircuitState.OPEN)),
                new EventStoreUnavailableException("full", new BulkheadFullException("x", "full", null)),
                new EventStoreUnavailableException("pool", new SQLException(new InterruptedException())));
    }

    @ParameterizedTest
    @MethodSource("unrelated")
    void whatSaysNothingOfTheDependencyIsUnrelated(Throwable failure) {
        assertThat(kinds.of(failure)).isEqualTo(FailureKind.UNRELATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08000", "08001", "08006", "40001", "40P01", "53300", "57P01", "57P02", "57P03"})
    void sqlStatesOfOutagesAreTransient(String state) {
        assertThat(kinds.of(new SQLException("x", state))).isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void aClassifierIsAskedBeforeTheJdkAndForEachCause() {
        FailureKinds ours = FailureKinds.with(List.of(
                failure -> failure instanceof SocketException ? Optional.of(FailureKind.PERMANENT) : Optional.empty()));

        assertThat(ours.of(new ConnectException())).isEqualTo(FailureKind.PERMANENT);
        assertThat(ours.of(new RuntimeException(new ConnectException()))).isEqualTo(FailureKind.PERMANENT);
        assertThat(ours.of(new EOFException())).isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void aClassifierOfTheServiceLoaderIsAsked() {
        assertThat(kinds.of(new LoadedClassifier.Busy())).isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void aClassifierThatFailsIsPassedOver() {
        FailureKinds broken = FailureKinds.with(List.of(failure -> {
            throw new IllegalStateException("broken");
        }));

        assertThat(broken.of(new ConnectException())).isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void causesThatGoInACircleComeToAnEnd() {
        Exception one = new Exception("one");
        Exception other = new Exception("other", one);
        one.initCause(other);

        assertThat(kinds.of(one)).isEqualTo(FailureKind.UNRELATED);
    }
}
