package com.portfolio.infra.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void speedsAreComparedRoundByRoundAndHeldAgainstTheirTargets() {
        String text = Report.scenario(result(Metric.APPENDS_PER_SECOND, 1_000, 2_000, 1_500));

        assertThat(text)
                .contains("3 rounds of 40 events each.")
                .contains("| ours | 1,500 | 1,000 | 2,000 |")
                .contains("| pgbench | not installed |  |  |")
                .contains("| ours / peer | 0.75 | 0.50 | 1.00 | at least 0.80: missed |")
                .doesNotContain("ours / pgbench");
    }

    @Test
    void whereLessIsBetterTheSmallerNumberIsTheFaster() {
        String text = Report.scenario(result(Metric.MILLISECONDS_AN_APPEND, 1_000, 1_000, 1_000));

        assertThat(text).contains("| ours / peer | 2.00 | 2.00 | 2.00 | at least 0.80: met |");
    }

    private static Result result(Metric metric, double... ours) {
        List<Result.Entry> entries = List.of(entry("ours", ours), entry("peer", 2_000, 2_000, 2_000));
        List<Comparison> comparisons =
                List.of(Comparison.of("ours", "peer").atLeast(0.8), Comparison.of("ours", "pgbench"));
        return new Result("Title", "Conditions.", metric, 40, entries, List.of("pgbench"), comparisons);
    }

    private static Result.Entry entry(String name, double... values) {
        List<Double> series = Arrays.stream(values).boxed().toList();
        return new Result.Entry(name, 40, new Series(series), Optional.empty());
    }
}
