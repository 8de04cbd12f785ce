package com.portfolio.infra.ports.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventTypesTest {

    sealed interface AccountEvent extends DomainEvent {}

    record Registered(String userId) implements AccountEvent {}

    sealed interface EmailEvent extends AccountEvent {}

    record EmailChanged(String email) implements EmailEvent {}

    record EmailConfirmed() implements EmailEvent {}

    interface NotSealed extends DomainEvent {}

    sealed interface Leaky extends DomainEvent {}

    non-sealed interface Hole extends Leaky {}

    record Other(String id) implements DomainEvent {}

    private static final EventTypes TYPES = EventTypes.ofSealed("accounts", AccountEvent.class);

    @Test
    void everyConcreteClassBelowASealedTypeIsRegisteredUnderNamespaceAndSimpleName() {
        assertThat(TYPES.names())
                .containsExactlyInAnyOrder("accounts.Registered", "accounts.EmailChanged", "accounts.EmailConfirmed");
        assertThat(TYPES.typeOf(EmailChanged.class)).isEqualTo(new EventType("accounts.EmailChanged", 1));
        assertThat(TYPES.classOf("accounts.EmailChanged")).contains(EmailChanged.class);
    }

    @Test
    void aRenamedClassKeepsItsStoredNameAndItsSchemaVersion() {
        EventTypes types = TYPES.version(Registered.class, 3).rename(Registered.class, "users.Joined");

        assertThat(types.typeOf(Registered.class)).isEqualTo(new EventType("users.Joined", 3));
        assertThat(types.classOf("users.Joined")).contains(Registered.class);
        assertThat(types.classOf("accounts.Registered")).isEmpty();
        assertThat(TYPES.classOf("accounts.Registered")).contains(Registered.class);
    }

    @Test
    void twoClassesOfOneNameAreRefusedWithBothNamed() {
        assertThatThrownBy(() -> TYPES.rename(Registered.class, "accounts.EmailChanged"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "accounts.EmailChanged", Registered.class.getName(), EmailChanged.class.getName());
        assertThatThrownBy(() -> TYPES.and(EventTypes.of(Other.class, "accounts.Registered")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(Other.class.getName(), Registered.class.getName());
    }

    @Test
    void oneClassUnderTwoTypesIsRefused() {
        assertThatThrownBy(() -> TYPES.and(EventTypes.of(Registered.class, "else.Registered")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("accounts.Registered", "else.Registered");
    }

    @Test
    void theSameTypesTwiceAreNoConflict() {
        assertThat(TYPES.and(TYPES)).isEqualTo(TYPES).hasSameHashCodeAs(TYPES);
        assertThat(TYPES.and(EventTypes.none())).isEqualTo(TYPES);
        assertThat(TYPES.version(Registered.class, 2)).isNotEqualTo(TYPES);
    }

    @Test
    void aTypeThatIsNotSealedIsRefused() {
        assertThatThrownBy(() -> EventTypes.ofSealed("x", NotSealed.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not sealed");
    }

    @Test
    void aHoleInTheSealIsRefused() {
        assertThatThrownBy(() -> EventTypes.ofSealed("x", Leaky.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Hole.class.getName() + " is open");
    }

    @Test
    void anUnregisteredClassIsRefusedWithTheKnownNames() {
        assertThatThrownBy(() -> TYPES.typeOf(Other.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(Other.class.getName(), "accounts.Registered");
        assertThatThrownBy(() -> EventTypes.none().typeOf(Other.class)).hasMessageContaining("known are none");
    }

    @Test
    void aTypeNeedsANameAndASchemaVersion() {
        assertThatThrownBy(() -> EventType.of(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EventType.of("x".repeat(256))).hasMessageContaining("this one has 256");
        assertThatThrownBy(() -> EventType.of("a\0b")).hasMessageContaining("U+0000");
        assertThatThrownBy(() -> EventType.of("a\uD800")).hasMessageContaining("surrogate pair at index 1");
        assertThatThrownBy(() -> new EventType("a", 0)).hasMessageContaining("at least 1, not 0");
        assertThat(EventType.of("x".repeat(255)).schemaVersion()).isEqualTo(1);
    }
}
