package com.portfolio.infra.utilities.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariPoolMXBean;
import org.junit.jupiter.api.Test;

class PoolFiguresTest {

    /** Closing a pool would take it for unused, and cut off who was about to be served. */
    @Test
    void whoTakesAConnectionWhileTheFiguresAreReadIsNotOverlooked() {
        PoolFigures figures = PoolFigures.of(new HandingOver(), 1);

        assertThat(figures.active() + figures.waiting()).isPositive();
    }

    /** A connection was given back; who waits for it takes it after the first look at the pool. */
    private static final class HandingOver implements HikariPoolMXBean {

        private boolean taken;

        private int look(int before, int after) {
            int seen = taken ? after : before;
            taken = true;
            return seen;
        }

        @Override
        public int getActiveConnections() {
            return look(0, 1);
        }

        @Override
        public int getIdleConnections() {
            return look(1, 0);
        }

        @Override
        public int getThreadsAwaitingConnection() {
            return look(1, 0);
        }

        @Override
        public int getTotalConnections() {
            return 1;
        }

        @Override
        public void softEvictConnections() {}

        @Override
        public void suspendPool() {}

        @Override
        public void resumePool() {}
    }
}
