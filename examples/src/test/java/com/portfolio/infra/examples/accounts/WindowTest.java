package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WindowTest {

    private final Window window = new Window(2);

    @Test
    void itLetsInNoMoreThanItsSize() throws Exception {
        long first = window.enter();
        window.enter();

        CompletableFuture<Long> third = entering();
        assertThat(third).isNotDone();
        window.leave(first);
        assertThat(third.get(10, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void itWaitsForTheOldestNotForAny() throws Exception {
        long first = window.enter();
        long second = window.enter();
        window.leave(second);

        CompletableFuture<Long> third = entering();
        assertThat(third).isNotDone();
        window.leave(first);
        assertThat(third.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(window.enter()).isEqualTo(3);
    }

    @Test
    void aClosedOneLetsNobodyInAndEmptiesItself() throws Exception {
        long first = window.enter();
        window.close();

        assertThat(window.enter()).isEqualTo(-1);
        window.leave(first);
        window.awaitEmpty();
    }

    /** Somebody who is on the way in, and waits there if there is no room. */
    private CompletableFuture<Long> entering() {
        CompletableFuture<Long> entered = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                entered.complete(window.enter());
            } catch (InterruptedException e) {
                entered.completeExceptionally(e);
            }
        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
        return entered;
    }
}
