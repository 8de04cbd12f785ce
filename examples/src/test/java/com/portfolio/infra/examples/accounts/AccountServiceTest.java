package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.examples.accounts.AccountCommand.ChangeEmail;
import com.portfolio.infra.examples.accounts.AccountCommand.DeactivateUser;
import com.portfolio.infra.examples.accounts.AccountCommand.RegisterUser;
import com.portfolio.infra.examples.accounts.AccountEvent.EmailChanged;
import com.portfolio.infra.examples.accounts.AccountEvent.UserDeactivated;
import com.portfolio.infra.examples.accounts.AccountEvent.UserRegistered;
import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.testing.memory.InMemoryEventStore;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AccountServiceTest {

    private static final RegisterUser REGISTER = new RegisterUser("c-1", "ada", "ada@example.org");
    private static final ChangeEmail CHANGE = new ChangeEmail("c-2", "ada", "ada@example.com");
    private static final DeactivateUser DEACTIVATE = new DeactivateUser("c-3", "ada");

    private final InMemoryEventStore store =
            new InMemoryEventStore(JacksonEventCodec.of(EventTypes.ofSealed("accounts", AccountEvent.class)));
    private final AccountService service = new AccountService(store);

    @Test
    void whatIsAcceptedIsStored() {
        assertThat(handle(REGISTER, CHANGE, DEACTIVATE))
                .containsExactly(new Outcome.Accepted(0), new Outcome.Accepted(0), new Outcome.Accepted(0));

        assertThat(events())
                .containsExactly(
                        new UserRegistered("ada", "ada@example.org"),
                        new EmailChanged("ada", "ada@example.com"),
                        new UserDeactivated("ada"));
    }

    @Test
    void anEventNamesTheCommandThatItCameFrom() {
        service.handle(REGISTER);

        RecordedEvent event = store.load("account-ada").events().get(0);
        assertThat(event.metadata().correlationId()).contains("c-1");
        assertThat(event.metadata().causationId()).contains("c-1");
    }

    @Test
    void whatMakesNoSenseIsRejectedWithAReason() {
        assertThat(service.handle(CHANGE)).isEqualTo(rejected(Rejection.NOT_REGISTERED));
        assertThat(service.handle(new RegisterUser("c-4", "ada", "ada"))).isEqualTo(rejected(Rejection.INVALID_EMAIL));
        service.handle(REGISTER);
        assertThat(service.handle(new RegisterUser("c-5", "ada", "ada@example.org")))
                .isEqualTo(rejected(Rejection.ALREADY_REGISTERED));
        assertThat(service.handle(new ChangeEmail("c-6", "ada", "ada@example.org")))
                .isEqualTo(rejected(Rejection.SAME_EMAIL));
        assertThat(service.handle(new ChangeEmail("c-7", "ada", "@"))).isEqualTo(rejected(Rejection.INVALID_EMAIL));
        service.handle(DEACTIVATE);
        assertThat(service.handle(CHANGE)).isEqualTo(rejected(Rejection.DEACTIVATED));
        assertThat(service.handle(new DeactivateUser("c-8", "ada"))).isEqualTo(rejected(Rejection.DEACTIVATED));
        assertThat(events()).hasSize(2);
    }

    @Test
    void aCommandThatComesAgainIsCarriedOutOnce() {
        handle(REGISTER, CHANGE, DEACTIVATE);

        assertThat(handle(REGISTER, CHANGE, DEACTIVATE))
                .containsExactly(new Outcome.AlreadyDone(0), new Outcome.AlreadyDone(0), new Outcome.AlreadyDone(0));
        assertThat(events()).hasSize(3);
    }

    @Test
    void aCommandIdThatIsUsedForSomethingElseIsRejected() {
        service.handle(REGISTER);

        assertThat(service.handle(new ChangeEmail("c-1", "ada", "other@example.org")))
                .isEqualTo(rejected(Rejection.COMMAND_ID_REUSED));
        assertThat(events()).hasSize(1);
    }

    @Test
    void aCommandThatAnotherWriterOvertakesIsDecidedAgain() {
        service.handle(REGISTER);
        AccountService overtaken = new AccountService(new OvertakenStore(store, () -> service.handle(DEACTIVATE)));

        assertThat(overtaken.handle(CHANGE)).isEqualTo(new Outcome.Rejected(Rejection.DEACTIVATED, 1));
        assertThat(events()).hasSize(2);
    }

    @Test
    void aCommandThatIsOvertakenAgainAndAgainIsGivenUp() {
        service.handle(REGISTER);
        AtomicInteger changes = new AtomicInteger();
        AccountService overtaken = new AccountService(new OvertakenStore(store, () -> {
            int change = changes.incrementAndGet();
            service.handle(new ChangeEmail("other-" + change, "ada", change + "@example.org"));
        }));

        assertThat(overtaken.handle(CHANGE)).isEqualTo(new Outcome.GivenUp(changes.get()));
        assertThat(events()).hasSize(1 + changes.get()).doesNotContain(CHANGE.event());
    }

    @Test
    void aCommandWhoseAnswerWasLostIsKnownWhenItComesAgain() {
        store.loseNextAnswer();
        assertThatThrownBy(() -> service.handle(REGISTER)).hasMessageContaining("Appending the same request again");

        assertThat(service.handle(REGISTER)).isEqualTo(new Outcome.AlreadyDone(0));
        assertThat(events()).hasSize(1);
    }

    @Test
    void anAppendThatTheStoreRepeatedByItselfWasStoredNow() {
        AppendRequest[] seen = new AppendRequest[1];
        EventStore repeating = new EventStore() {
            @Override
            public AppendResult append(AppendRequest request) {
                seen[0] = request;
                store.append(request);
                return store.append(request);
            }

            @Override
            public StreamPage read(StreamQuery query) {
                return store.read(query);
            }
        };

        assertThat(new AccountService(repeating).handle(REGISTER)).isEqualTo(new Outcome.Recovered(0));
        assertThat(store.append(seen[0]).deduplicated()).isTrue();
        assertThat(events()).hasSize(1);
    }

    @Test
    void anEmailThatNoEncodingCanCarryIsRefusedAndNothingIsStored() {
        assertThatThrownBy(() -> service.handle(new RegisterUser("c-9", "ada", "\uD800@example.org")))
                .isInstanceOf(EventEncodingException.class)
                .hasMessageContaining("email");

        assertThat(store.load("account-ada").exists()).isFalse();
    }

    private List<Outcome> handle(AccountCommand... commands) {
        return List.of(commands).stream().map(service::handle).toList();
    }

    private List<AccountEvent> events() {
        return store.load("account-ada").payloads(AccountEvent.class);
    }

    /** Lets somebody else act right before each append. */
    private record OvertakenStore(EventStore store, Runnable other) implements EventStore {

        @Override
        public AppendResult append(AppendRequest request) {
            other.run();
            return store.append(request);
        }

        @Override
        public StreamPage read(StreamQuery query) {
            return store.read(query);
        }
    }

    private static Outcome rejected(Rejection rejection) {
        return new Outcome.Rejected(rejection, 0);
    }
}
