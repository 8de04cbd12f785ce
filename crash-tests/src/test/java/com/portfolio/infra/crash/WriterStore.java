package com.portfolio.infra.crash;

import com.portfolio.infra.neon.NeonEventStore;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStoreException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** The ways in which a writer appends: by itself, in a transaction of its own, and broken on purpose. */
final class WriterStore {

    private static final int LONGEST_TRANSACTION_MILLIS = 20;
    private static final int LIES_ONE_IN = 20;

    private final NeonEventStore store;
    private final Sabotage sabotage;
    private final SplittableRandom random;
    private final DataSource transactions =
            PostgresDatabase.parse(Opening.url()).dataSource();

    /** How a transaction went that an append joined. */
    enum End {
        COMMITTED,
        ROLLED_BACK
    }

    /** An append that joined a transaction, whose end is certain. */
    record Joined(AppendResult result, End end) {}

    WriterStore(NeonEventStore store, Sabotage sabotage, SplittableRandom random) {
        this.store = store;
        this.sabotage = sabotage;
        this.random = random;
    }

    NeonEventStore reading() {
        return store;
    }

    AppendResult append(AppendRequest request) {
        if (sabotage == Sabotage.ACKNOWLEDGES_WITHOUT_COMMIT && random.nextInt(LIES_ONE_IN) == 0) {
            try {
                return joinAndEnd(request, End.ROLLED_BACK).result();
            } catch (SQLException e) {
                return store.append(request);
            }
        }
        return sabotage == Sabotage.SPLITS_REQUESTS ? appendOneByOne(request) : store.append(request);
    }

    private AppendResult appendOneByOne(AppendRequest request) {
        List<Position> positions = new ArrayList<>();
        ExpectedVersion expected = request.expected();
        long version = 0;
        for (int i = 0; i < request.events().size(); i++) {
            AppendResult result = store.append(new AppendRequest(
                    request.stream(), expected, request.events().subList(i, i + 1), request.metadata()));
            version = result.version();
            positions.addAll(result.positions());
            expected = expected.equals(ExpectedVersion.any()) ? expected : ExpectedVersion.exactly(version);
        }
        return new AppendResult(request.stream(), version, positions, false);
    }

    /**
     * Appends in a transaction that stays open a while.
     *
     * @throws SQLException        if the transaction broke: what became of it is not known
     * @throws EventStoreException if the append was refused or broke; the transaction is rolled back
     */
    Joined join(AppendRequest request) throws SQLException {
        return joinAndEnd(request, random.nextInt(4) == 0 ? End.ROLLED_BACK : End.COMMITTED);
    }

    private Joined joinAndEnd(AppendRequest request, End end) throws SQLException {
        try (Connection transaction = transactions.getConnection()) {
            transaction.setAutoCommit(false);
            AppendResult result = store.joining(transaction).append(request);
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(LONGEST_TRANSACTION_MILLIS))
                    .toNanos());
            if (end == End.COMMITTED) {
                transaction.commit();
            } else {
                transaction.rollback();
            }
            return new Joined(result, end);
        }
    }
}
