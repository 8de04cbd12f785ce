package com.portfolio.infra.ports.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String VALID = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void aValidTraceIsKeptAsItCame() {
        assertThat(TraceContext.parse(VALID, "vendor=1,other=2"))
                .contains(new TraceContext(VALID, Optional.of("vendor=1,other=2")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-adds"
            })
    void aLaterVersionIsReadAsFarAsItIsKnown(String traceparent) {
        assertThat(TraceContext.parse(traceparent, null))
                .map(TraceContext::traceparent)
                .contains(traceparent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-\n"
            })
    void anInvalidTraceIsPassedOverWhenReceivedAndRefusedWhenSet(String traceparent) {
        assertThat(TraceContext.parse(traceparent, "vendor=1")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceContext(traceparent, Optional.empty()));
    }

    @Test
    void anInvalidTracestateDoesNotCostTheTrace() {
        assertThat(TraceContext.parse(VALID, "vendor=ä")).contains(new TraceContext(VALID, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceContext(VALID, Optional.of("vendor=ä")));
    }

    @Test
    void aMessageWithoutATraceHasNone() {
        assertThat(TraceContext.parse(null, "vendor=1")).isEmpty();
    }

    @Test
    void theIdsAreItsParts() {
        TraceContext context =
                new TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", Optional.empty());

        assertThat(context.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(context.parentId()).isEqualTo("00f067aa0ba902b7");
    }
}
