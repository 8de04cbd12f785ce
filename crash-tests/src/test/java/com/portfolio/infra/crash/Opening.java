package com.portfolio.infra.crash;

import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonSettings;
import com.portfolio.infra.ports.InfrastructureException;
import com.portfolio.infra.utilities.connection.PoolSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** How the child processes come to the database. */
final class Opening {

    /** The environment variable with the URL, which has a password in it. */
    static final String URL = "CRASH_TEST_DATABASE";

    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private Opening() {}

    static String url() {
        return Objects.requireNonNull(System.getenv(URL), URL);
    }

    /** Waits for the server as long as it is restarted. */
    static NeonDatabase patiently() {
        return NeonDatabase.open(url(), settings(Duration.ofSeconds(20), Duration.ofSeconds(10)));
    }

    /** Gives up soon, and says that nothing was stored or that it does not know. */
    static NeonDatabase hastily() {
        return NeonDatabase.open(url(), settings(Duration.ofMillis(100), Duration.ofMillis(250)));
    }

    private static NeonSettings settings(Duration inDoubt, Duration acquire) {
        return NeonSettings.alwaysOn().toBuilder()
                .pool(PoolSettings.alwaysOn().withMaxSize(4).withAcquireTimeout(acquire))
                .inDoubtTimeout(inDoubt)
                .pollInterval(Duration.ofMillis(5))
                .maxPollInterval(Duration.ofMillis(50))
                .build();
    }

    /** Asks again and again while the server is away. */
    static <T> T untilItAnswers(Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (InfrastructureException e) {
                if (!e.isRetryable()) {
                    throw e;
                }
                pause();
            }
        }
    }

    /** A moment in which a server that is away may come back. */
    static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
