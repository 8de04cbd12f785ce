package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.utilities.connection.PoolSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The presets on docs/neon.md are those of the code; its Java is compiled by the examples. */
class NeonGuideTest {

    private static final NeonSettings ALWAYS_ON = NeonSettings.alwaysOn();
    private static final NeonSettings SCALE_TO_ZERO = NeonSettings.scaleToZero();

    private static String guide() throws IOException {
        return Files.readString(Path.of("..", "docs", "neon.md"));
    }

    @Test
    void theTableOfPresetsIsSo() throws IOException {
        PoolSettings on = ALWAYS_ON.pool();
        PoolSettings zero = SCALE_TO_ZERO.pool();
        assertThat(zero.minIdle()).isZero();
        assertThat(zero.idleTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(zero.keepAlive()).isZero();
        assertThat(ALWAYS_ON.maxPollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(SCALE_TO_ZERO.maxPollInterval()).isEqualTo(Duration.ofHours(1));

        assertThat(guide())
                .contains("| idle connections | " + on.minIdle() + " are kept | none, closed after a minute |")
                .contains("| keep-alive | every " + on.keepAlive().toMinutes() + " minutes | none |")
                .contains("| oldest connection | " + minutes(on.maxLifetime()) + " | " + minutes(zero.maxLifetime())
                        + " |")
                .contains("| wait for a connection | " + on.acquireTimeout().toSeconds() + " s | "
                        + zero.acquireTimeout().toSeconds() + " s |")
                .contains("| an event of another process is noticed | within a second"
                        + " | after a long silence within an hour |");
    }

    @Test
    void theTimeOfAnIdleTransactionIsSo() throws IOException {
        assertThat(guide())
                .contains("`idleTransactionTimeout` ("
                        + ALWAYS_ON.idleTransactionTimeout().toSeconds() + " s)");
    }

    private static String minutes(Duration time) {
        return String.valueOf(time.toSeconds() / 60.0).replaceAll("\\.0$", "") + " minutes";
    }
}
