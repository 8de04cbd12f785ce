package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Rules out that the rows of a page come from an earlier moment than the position up to which they are said to be
 * complete: an append that is committed between the two would be skipped for ever.
 */
class LogSnapshotTest extends AccountsFixture {

    private static final int COMMITS = 400;
    private static final int READERS = 2;

    private final ExecutorService readers = Executors.newFixedThreadPool(READERS);

    @AfterEach
    void close() {
        readers.shutdownNow();
    }

    @Test
    void aPageNeverMissesAnAppendThatIsCommittedWhileThePageIsRead() throws Exception {
        List<Callable<List<Long>>> following = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            following.add(this::readToTheEnd);
        }
        List<Future<List<Long>>> seen = following.stream().map(readers::submit).toList();

        try (Connection transaction = TestDatabases.asApplication(postgres).connect()) {
            transaction.setAutoCommit(false);
            for (int i = 0; i < COMMITS; i++) {
                store.joining(transaction).append("open-" + i, List.of(new Registered("a")));
                store.append("behind-" + i, List.of(new Registered("b")));
                transaction.commit();
            }
        }

        List<Long> all = LongStream.rangeClosed(1, 2 * COMMITS).boxed().toList();
        for (Future<List<Long>> positions : seen) {
            assertThat(positions.get()).isEqualTo(all);
        }
    }

    /** Reads page after page, without a pause, until the last position was seen. */
    private List<Long> readToTheEnd() {
        List<Long> positions = new ArrayList<>();
        Position after = Position.START;
        while (after.value() < 2 * COMMITS) {
            LogPage page = log.read(LogQuery.after(after));
            for (RecordedEvent event : page.events()) {
                positions.add(event.position().value());
            }
            after = page.through();
        }
        return positions;
    }
}
