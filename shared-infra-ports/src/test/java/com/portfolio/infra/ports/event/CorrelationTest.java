package com.portfolio.infra.ports.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CorrelationTest {

    @Test
    void outsideOfAScopeThereIsNothing() {
        assertThat(Correlation.current()).isEqualTo(Metadata.empty());
    }

    @Test
    void scopesNestAndClosingBringsBackTheOneAround() {
        try (Correlation.Scope outer = Correlation.open("request-1")) {
            assertThat(outer).isNotNull();
            try (Correlation.Scope inner = Correlation.open("request-2")) {
                assertThat(inner).isNotNull();
                assertThat(Correlation.current().correlationId()).contains("request-2");
            }
            assertThat(Correlation.current().correlationId()).contains("request-1");
            assertThat(Correlation.current().causationId()).contains("request-1");
        }
        assertThat(Correlation.current()).isEqualTo(Metadata.empty());
    }

    @Test
    void followingAnEventKeepsItsCorrelationAndNamesItAsTheCause() {
        UUID id = EventIds.next();
        Metadata metadata = Metadata.of(Metadata.CORRELATION_ID, "request-1").with("tenant", "a");

        try (Correlation.Scope scope = Correlation.follow(id, metadata)) {
            assertThat(scope).isNotNull();
            assertThat(Correlation.current())
                    .isEqualTo(Metadata.of("correlationId", "request-1").with("causationId", id.toString()));
        }
    }

    @Test
    void followingAnEventStaysInItsTrace() {
        UUID id = EventIds.next();
        Metadata trace = Metadata.of(Metadata.TRACEPARENT, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .with(Metadata.TRACESTATE, "vendor=1");

        try (Correlation.Scope scope = Correlation.follow(id, trace.with("tenant", "a"))) {
            assertThat(scope).isNotNull();
            assertThat(Correlation.current())
                    .isEqualTo(trace.with("correlationId", id.toString()).with("causationId", id.toString()));
        }
    }

    @Test
    void followingAnEventWithoutCorrelationStartsOneWithItsId() {
        UUID id = EventIds.next();

        try (Correlation.Scope scope = Correlation.follow(id, Metadata.empty())) {
            assertThat(scope).isNotNull();
            assertThat(Correlation.current().correlationId()).contains(id.toString());
        }
    }

    @Test
    void anotherThreadIsNotInTheScope() {
        try (Correlation.Scope scope = Correlation.open()) {
            assertThat(scope).isNotNull();
            assertThat(Correlation.current().correlationId()).isPresent();
            assertThat(CompletableFuture.supplyAsync(Correlation::current).join())
                    .isEqualTo(Metadata.empty());
        }
    }
}
