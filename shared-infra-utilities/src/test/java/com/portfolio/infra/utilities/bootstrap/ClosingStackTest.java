package com.portfolio.infra.utilities.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingStackTest {

    private final ClosingStack stack = new ClosingStack();
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesInReverseAndOnce() {
        stack.add(() -> closed.add("first"));
        stack.add(() -> closed.add("second"));
        stack.close();
        stack.close();
        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void aCheckedExceptionIsToldByItsClassAndStaysTheCause() {
        IOException failure = new IOException("secret?");
        stack.add(() -> closed.add("first"));
        stack.add(() -> {
            throw failure;
        });
        assertThat(catchThrowable(stack::close))
                .isInstanceOf(BootstrapException.class)
                .hasMessage("Not everything could be closed, because of a java.io.IOException.")
                .hasCause(failure);
        assertThat(closed).containsExactly("first");
    }

    @Test
    void anInterruptionIsKept() {
        stack.add(() -> {
            throw new InterruptedException();
        });
        assertThat(catchThrowable(stack::close)).isInstanceOf(BootstrapException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anErrorKeepsNothingOpenAndComesOut() {
        AssertionError error = new AssertionError("It broke.");
        IllegalStateException other = new IllegalStateException("So did this.");
        stack.add(() -> closed.add("first"));
        stack.add(() -> {
            throw other;
        });
        stack.add(() -> {
            throw error;
        });
        assertThat(catchThrowable(stack::close)).isSameAs(error);
        assertThat(error.getSuppressed()).containsExactly(other);
        assertThat(closed).containsExactly("first");
    }
}
