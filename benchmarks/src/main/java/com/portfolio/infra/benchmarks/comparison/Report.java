package com.portfolio.infra.benchmarks.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes results as Markdown that can be read as it is. */
final class Report {

    private Report() {}

    static String environment(Map<String, String> facts) {
        StringBuilder text = new StringBuilder();
        facts.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    static String scenario(Result result) {
        StringBuilder text = new StringBuilder();
        text.append("### ").append(result.title()).append("\n\n");
        text.append(result.conditions()).append('\n');
        text.append(String.format(
                Locale.ROOT,
                "%d rounds of %,d events each.\n\n",
                result.rounds(),
                result.entries().get(0).events()));
        contenders(text, result);
        comparisons(text, result);
        return text.toString();
    }

    private static void contenders(StringBuilder text, Result result) {
        Metric metric = result.metric();
        boolean remarks =
                result.entries().stream().anyMatch(entry -> entry.remark().isPresent());
        row(text, remarks, "contender", metric.unit() + ", median", "from", "to", "");
        row(text, remarks, "---", "---:", "---:", "---:", "---");
        for (Result.Entry entry : result.entries()) {
            Series series = entry.series();
            row(
                    text,
                    remarks,
                    entry.name(),
                    metric.text(series.median()),
                    metric.text(series.min()),
                    metric.text(series.max()),
                    entry.remark().orElse(""));
        }
        for (String name : result.absent()) {
            row(text, remarks, name, "not installed", "", "", "");
        }
        text.append('\n');
    }

    private static void row(StringBuilder text, boolean all, String... cells) {
        List<String> shown = List.of(cells).subList(0, all ? cells.length : cells.length - 1);
        text.append("| ").append(String.join(" | ", shown)).append(" |\n");
    }

    private static void comparisons(StringBuilder text, Result result) {
        row(text, true, "speed", "median", "from", "to", "target");
        row(text, true, "---", "---:", "---:", "---:", "---");
        for (Comparison comparison : result.comparisons()) {
            Optional<Series> speed = result.speed(comparison);
            if (speed.isPresent()) {
                Series ratios = speed.get();
                row(
                        text,
                        true,
                        comparison.one() + " / " + comparison.other(),
                        ratio(ratios.median()),
                        ratio(ratios.min()),
                        ratio(ratios.max()),
                        verdict(comparison, ratios.median()));
            }
        }
        text.append('\n');
    }

    private static String verdict(Comparison comparison, double median) {
        if (comparison.atLeast().isEmpty()) {
            return "";
        }
        double target = comparison.atLeast().getAsDouble();
        return "at least " + ratio(target) + ": " + (median >= target ? "met" : "missed");
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
