package com.portfolio.infra.utilities.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.Ordering;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeldTest {

    private final Held<Parcel> held = held();
    private final Attempt attempt = new Attempt("readers", held.delivery(), 1, Instant.MAX);

    @Test
    void anAttemptBeginsOnlyAtWhatIsStillOnesOwn() {
        assertThat(held.begin(attempt)).isTrue();
        held.end();

        held.withdraw();

        assertThat(held.begin(attempt)).isFalse();
    }

    @Test
    void anAttemptAtWhatIsWithdrawnGoesOn() {
        held.begin(attempt);

        held.withdraw();

        assertThat(attempt.isCancelled()).isFalse();
        assertThat(held.isLost()).isFalse();
    }

    @Test
    void anAttemptAtWhatIsLostIsCancelled() {
        held.begin(attempt);

        held.lose();

        assertThat(attempt.isCancelled()).isTrue();
        assertThat(held.isLost()).isTrue();
        assertThat(held.isWithdrawn()).isTrue();
    }

    @Test
    void anAttemptThatHasEndedIsNotCancelled() {
        held.begin(attempt);
        held.end();

        held.lose();

        assertThat(attempt.isCancelled()).isFalse();
    }

    private static Held<Parcel> held() {
        Lanes<Parcel> lanes = new Lanes<>(Ordering.KEY);
        lanes.add(new Parcel(1, "a"));
        return lanes.take(1).get(0);
    }
}
