package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.testing.contract.KitCodecs;
import com.portfolio.infra.testing.memory.LogCall.Operation;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InMemoryEventLogTest {

    private final InMemoryEventLog log = new InMemoryEventLog(new InMemoryEventStore(KitCodecs.current()));

    private ThrowingCallable calling(Operation operation) {
        return switch (operation) {
            case READ -> () -> log.read(LogQuery.after(Position.START));
            case HEAD -> log::head;
            case AWAIT -> () -> log.awaitBeyond(Position.START, Duration.ZERO);
            case ID -> log::id;
        };
    }

    @ParameterizedTest
    @EnumSource
    void anyCallFailsWhenItIsToldTo(Operation operation) throws Throwable {
        log.faults()
                .failAll(
                        call -> call.operation() == operation,
                        call -> new EventStoreUnavailableException("away", null));

        for (Operation other : Operation.values()) {
            if (other == operation) {
                assertThatThrownBy(calling(other)).isInstanceOf(EventStoreUnavailableException.class);
            } else {
                calling(other).call();
            }
        }
        log.faults().clear();
        calling(operation).call();
    }

    @ParameterizedTest
    @EnumSource
    void theAnswerOfAnyCallCanBeLost(Operation operation) throws Throwable {
        log.faults().failNextAfterwards(1, call -> new EventStoreUnavailableException("away", null));

        assertThatThrownBy(calling(operation)).isInstanceOf(EventStoreUnavailableException.class);
        assertThat(log.faults().struck()).isEqualTo(1);
        calling(operation).call();
    }
}
