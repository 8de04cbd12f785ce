package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports for people: one page that loads nothing, runs nothing, and comes anew by itself. */
final class HealthPage {

    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src " + PageStyle.hash()
            + "; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final int REFRESH_SECONDS = 10;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String base;
    private final boolean details;
    private final Optional<String> service;

    /**
     * @param base    the path of the view of all
     * @param details whether reasons and details are told
     */
    HealthPage(String base, boolean details, Optional<String> service) {
        this.base = base;
        this.details = details;
        this.service = service;
    }

    String write(HealthView view, HealthReport report) {
        PageText page = new PageText();
        HealthStatus status = report.status();
        page.html("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .html("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .html("<meta http-equiv=\"refresh\" content=\"" + REFRESH_SECONDS + "\">\n<title>")
                .text(status + " \u00b7 " + heading())
                .html("</title>\n<link rel=\"icon\" href=\"")
                .text(icon(status))
                .html("\">\n<style>" + PageStyle.CSS + "</style>\n</head>\n<body>\n");
        header(page, report);
        navigation(page, view);
        page.html("<main>\n");
        worstFirst(report).forEach(part -> part(page, part, report.at()));
        if (report.parts().isEmpty()) {
            page.html("<p class=\"empty faint\">")
                    .text(
                            view == HealthView.ALL
                                    ? "No checks are registered."
                                    : "No checks count here: it is enough that the service answers.")
                    .html("</p>\n");
        }
        return page.html("</main>\n</body>\n</html>\n").toString();
    }

    private String heading() {
        return service.orElse("Health");
    }

    /** A dot in the colour of the status, for the tab of the browser. */
    private static String icon(HealthStatus status) {
        String colour = switch (status) {
            case UP -> "2da44e";
            case DEGRADED -> "d29922";
            case UNKNOWN -> "8c959f";
            case DOWN -> "e5383b";
        };
        return "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Ccircle cx='4' cy='4'"
                + " r='4' fill='%23" + colour + "'/%3E%3C/svg%3E";
    }

    private void header(PageText page, HealthReport report) {
        int all = report.parts().size();
        long up = report.parts().stream()
                .filter(part -> part.result().status() == HealthStatus.UP)
                .count();
        page.html("<header class=\"" + className(report.status()) + "\">\n<div class=\"head\"><h1>")
                .text(heading())
                .html("</h1> <span class=\"word\">" + report.status() + "</span></div>\n");
        report.reason().ifPresent(reason -> reason(page, reason));
        page.html("<p class=\"faint\">")
                .text((all == 0 ? "no checks" : up + " of " + all + " up") + " \u00b7 " + TIME.format(report.at())
                        + " \u00b7 reloads every " + REFRESH_SECONDS + " s")
                .html("</p>\n</header>\n");
    }

    private static void reason(PageText page, String reason) {
        page.html("<p class=\"reason\">").text(reason).html("</p>\n");
    }

    private void navigation(PageText page, HealthView current) {
        page.html("<nav>");
        for (HealthView view : HealthView.values()) {
            String path = base + view.path();
            page.html("<a href=\"")
                    .text(path.isEmpty() ? "/" : path)
                    .html(view == current ? "\" aria-current=\"page\">" : "\">");
            page.text(view.title()).html("</a>");
        }
        page.html("</nav>\n");
    }

    private static List<HealthReport.Part> worstFirst(HealthReport report) {
        Comparator<HealthReport.Part> byStatus =
                Comparator.comparing(part -> part.result().status(), Comparator.reverseOrder());
        return report.parts().stream().sorted(byStatus).toList();
    }

    private void part(PageText page, HealthReport.Part part, Instant now) {
        HealthResult result = part.result();
        page.html("<article class=\"" + className(result.status()) + "\">\n<div class=\"head\"><span class=\"word\">")
                .html(result.status() + "</span> <h2>")
                .text(part.name())
                .html("</h2> <span class=\"faint\">")
                .text(role(part))
                .html("</span></div>\n");
        if (details) {
            result.reason().ifPresent(reason -> reason(page, PlainDetails.cut(reason)));
        }
        page.html("<p class=\"faint\">")
                .text("took " + Sentences.text(result.duration()) + " \u00b7 last checked " + ago(result, now) + ", at "
                        + TIME.format(result.checkedAt()))
                .html("</p>\n");
        if (details && !result.details().isEmpty()) {
            page.html("<table>\n");
            rows(PlainDetails.of(result.details()))
                    .forEach(row -> page.html("<tr><th scope=\"row\">")
                            .text(row.name())
                            .html("</th><td>")
                            .text(row.value())
                            .html("</td></tr>\n"));
            page.html("</table>\n");
        }
        page.html("</article>\n");
    }

    private static String role(HealthReport.Part part) {
        StringBuilder role = new StringBuilder(part.critical() ? "critical" : "optional");
        part.groups()
                .forEach(group -> role.append(" \u00b7 ").append(group.name().toLowerCase(Locale.ROOT)));
        return role.toString();
    }

    private static String ago(HealthResult result, Instant now) {
        Duration age = Duration.between(result.checkedAt(), now);
        return age.compareTo(Duration.ofSeconds(1)) < 0 ? "just now" : Sentences.age(age) + " ago";
    }

    private static String className(HealthStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private record Row(String name, String value) {}

    /** Details within details are named after their path: {@code pool.active}, {@code openAppends[0].seconds}. */
    private static List<Row> rows(Map<String, @Nullable Object> details) {
        List<Row> rows = new ArrayList<>();
        details.forEach((name, value) -> addRows(rows, name, value));
        return rows;
    }

    private static void addRows(List<Row> rows, String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((name, inner) -> addRows(rows, path + "." + name, inner));
        } else if (value instanceof List<?> list && list.stream().anyMatch(HealthPage::hasParts)) {
            for (int i = 0; i < list.size(); i++) {
                addRows(rows, path + "[" + i + "]", list.get(i));
            }
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            rows.add(new Row(
                    path, String.join(", ", list.stream().map(String::valueOf).toList())));
        } else {
            rows.add(new Row(path, hasParts(value) ? "none" : String.valueOf(value)));
        }
    }

    private static boolean hasParts(@Nullable Object value) {
        return value instanceof Map<?, ?> || value instanceof List<?>;
    }
}
