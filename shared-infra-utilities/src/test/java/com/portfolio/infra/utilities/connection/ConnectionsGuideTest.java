package com.portfolio.infra.utilities.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.utilities.GuideTable;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of docs/connections.md are what the code says; its Java is compiled by the examples. */
class ConnectionsGuideTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void theTableOfSettingsHasEachWithItsTwoPresets() throws Exception {
        List<List<String>> rows =
                GuideTable.rows("connections", "| | `PoolSettings.alwaysOn()` | `PoolSettings.scaleToZero()` |");

        assertThat(rows).extracting(row -> code(row.get(0)).get(0)).containsExactlyElementsOf(names());
        for (List<String> row : rows) {
            String name = code(row.get(0)).get(0);
            assertThat(row.subList(1, 3))
                    .as(name)
                    .containsExactly(words(PoolSettings.alwaysOn(), name), words(PoolSettings.scaleToZero(), name));
        }
    }

    @Test
    void theTableOfMetersHasEachOfThem() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Set<String> meters;
        try (ConnectionManager connections = new ConnectionManager(new MicrometerPoolMetrics(registry))) {
            connections.open("reports", PoolSettings.scaleToZero(), () -> {
                throw new SQLException("nobody is there", "08001");
            });
            meters = registry.getMeters().stream()
                    .map(meter -> meter.getId())
                    .filter(id -> "reports".equals(id.getTag("pool")))
                    .map(Meter.Id::getName)
                    .collect(Collectors.toSet());
        }

        List<String> shown = GuideTable.rows("connections", "| meter | |").stream()
                .flatMap(row -> code(row.get(0)).stream())
                .map(name -> name.startsWith(".") ? "hikaricp.connections" + name : name)
                .toList();

        assertThat(shown).containsExactlyInAnyOrderElementsOf(meters);
    }

    private static List<String> names() {
        return Arrays.stream(PoolSettings.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static String words(PoolSettings settings, String name) throws ReflectiveOperationException {
        Object value = name.equals("leakThreshold")
                ? settings.effectiveLeakThreshold()
                : PoolSettings.class.getMethod(name).invoke(settings);
        if (value instanceof Duration time) {
            return time.isZero() ? "never" : GuideTable.words(time);
        }
        return value.toString();
    }

    private static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }
}
