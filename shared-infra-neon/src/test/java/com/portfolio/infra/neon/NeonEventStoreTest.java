package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LoadedStream;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeonEventStoreTest extends AccountsFixture {

    @Test
    void whatIsAppendedIsReadBackFromTheStreamAndTheLog() throws Exception {
        AppendResult first = store.append("account-1", List.of(new Registered("a"), new Renamed("b\u0000")));
        AppendResult second = store.append("account-1", ExpectedVersion.exactly(2), List.of(new Renamed("c")));

        LoadedStream loaded = store.load("account-1");
        LogPage page = log.read(LogQuery.after(Position.START));

        assertThat(first.version()).isEqualTo(2);
        assertThat(second.version()).isEqualTo(3);
        assertThat(loaded.version()).isEqualTo(3);
        assertThat(loaded.payloads(AccountEvent.class))
                .containsExactly(new Registered("a"), new Renamed("b\u0000"), new Renamed("c"));
        assertThat(page.events()).isEqualTo(loaded.events());
        assertThat(page.atEnd()).isTrue();
        assertThat(page.through()).isEqualTo(second.lastPosition().orElseThrow());
        assertThat(log.head()).isEqualTo(page.through());
        assertThat(log.awaitBeyond(Position.START, Duration.ZERO)).isTrue();
        assertThat(log.awaitBeyond(page.through(), Duration.ofMillis(20))).isFalse();
        assertThat(log.id()).isEqualTo(log.id());
        assertThat(store.read(StreamQuery.backward("account-1").limit(2)).events())
                .isEqualTo(List.of(loaded.events().get(2), loaded.events().get(1)));
    }

    @Test
    void aWrongVersionIsRefusedAndARepeatedAppendIsRecognised() {
        AppendRequest request = AppendRequest.of("account-1", ExpectedVersion.noStream(), List.of(new Registered("a")));
        AppendResult first = store.append(request);

        AppendResult repeated = store.append(request);

        assertThat(repeated.deduplicated()).isTrue();
        assertThat(repeated.positions()).isEqualTo(first.positions());
        assertThatThrownBy(() -> store.append("account-1", ExpectedVersion.noStream(), List.of(new Registered("a"))))
                .isInstanceOf(WrongExpectedVersionException.class);
    }
}
