package com.portfolio.infra.utilities.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatedAppendTest {

    private final AtomicInteger reached = new AtomicInteger();
    private final AppendRequest request = AppendRequest.of("account-1", ExpectedVersion.any(), List.of());
    private final RepeatedAppend append = new RepeatedAppend(new Away(), request);

    /** Stores nothing, and says so. */
    private final class Away implements EventStore {

        @Override
        public AppendResult append(AppendRequest appended) {
            reached.incrementAndGet();
            throw away();
        }

        @Override
        public StreamPage read(StreamQuery query) {
            throw away();
        }
    }

    private static EventStoreUnavailableException away() {
        return new EventStoreUnavailableException("The database is away.", null);
    }

    /** An attempt was handed to a thread that had not come to it when its time was over: it was stored afterwards. */
    @Test
    void noAttemptBeginsAfterTheCallerWasToldThatNothingWasStored() {
        EventStoreUnavailableException last = away();
        assertThat(append.failureFor(last)).isSameAs(last);

        assertThatThrownBy(append::attempt).isInstanceOf(CancellationException.class);

        assertThat(reached).hasValue(0);
    }

    @Test
    void whoStoppedWaitingForTheLastAttemptIsToldThatItIsUnknown() {
        assertThat(append.failureFor(new CallTimedOutException("store", Duration.ofSeconds(1))))
                .as("its attempt may be about to begin")
                .isInstanceOf(AppendOutcomeUnknownException.class);
        assertThat(append.failureFor(new CallInterruptedException("store", new InterruptedException())))
                .isInstanceOf(AppendOutcomeUnknownException.class);
    }

    @Test
    void whatEveryAttemptDidNotStoreIsDenied() {
        assertThatThrownBy(append::attempt).isInstanceOf(EventStoreUnavailableException.class);
        assertThatThrownBy(append::attempt).isInstanceOf(EventStoreUnavailableException.class);

        assertThat(append.failureFor(new CircuitOpenException("store", CircuitState.OPEN)))
                .isInstanceOf(EventStoreUnavailableException.class)
                .hasMessageContaining("nothing was stored");
        assertThat(reached).hasValue(2);
    }
}
