package com.portfolio.infra.utilities.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.health.HealthResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HealthPageTest {

    private static final String HOSTILE = "</title></style><script>alert('1')</script>\"'&\u0007\u202e";

    private static String page(HealthReport report) {
        return new HealthPage("/health", true, Optional.of("accounts")).write(HealthView.ALL, report);
    }

    @Test
    void thePageTellsStatusInWordsTheWorstFirst() {
        String page = page(SampleReports.mixed());

        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("<title>DOWN \u00b7 accounts</title>")
                .contains("<h1>accounts</h1> <span class=\"word\">DOWN</span>")
                .contains("database is DOWN, cache is UNKNOWN.")
                .contains("1 of 3 up \u00b7 2026-01-31 12:00:08 UTC \u00b7 reloads every 10 s")
                .contains("took 12.3 ms \u00b7 last checked 8 s ago, at 2026-01-31 12:00:00 UTC")
                .contains("<h2>database</h2> <span class=\"faint\">critical \u00b7 readiness</span>")
                .contains("<h2>cache</h2> <span class=\"faint\">optional \u00b7 readiness</span>")
                .contains("<header class=\"down\">", "<article class=\"unknown\">", "<article class=\"up\">")
                .contains("The database does not answer.")
                .containsSubsequence(
                        "<span class=\"word\">DOWN</span> <h2>database</h2>",
                        "<span class=\"word\">UNKNOWN</span> <h2>cache</h2>",
                        "<span class=\"word\">UP</span> <h2>bus</h2>");
    }

    @Test
    void detailsAreRowsNamedAfterTheirPath() {
        assertThat(page(SampleReports.mixed()))
                .containsSubsequence(
                        "<tr><th scope=\"row\">pool.active</th><td>3</td></tr>",
                        "<tr><th scope=\"row\">pool.waiting</th><td>0</td></tr>",
                        "<tr><th scope=\"row\">open[0].backend</th><td>4711</td></tr>",
                        "<tr><th scope=\"row\">open[1].backend</th><td>4712</td></tr>",
                        "<tr><th scope=\"row\">tags</th><td>a, b</td></tr>",
                        "<tr><th scope=\"row\">fits</th><td>true</td></tr>");
        assertThat(page(SampleReports.of(
                        HealthResult.up().with("none", Map.of()).with("nobody", List.of()))))
                .contains("<th scope=\"row\">none</th><td>none</td>", "<th scope=\"row\">nobody</th><td>none</td>");
    }

    @Test
    void withoutDetailsNeitherReasonNorDetailIsTold() {
        String page = new HealthPage("/health", false, Optional.empty()).write(HealthView.ALL, SampleReports.mixed());

        assertThat(page)
                .contains("<h1>Health</h1>", "database is DOWN")
                .doesNotContain("does not answer", "<table>", "4711", "Not called yet");
    }

    @Test
    void whateverAnybodySaysIsTextAndNothingElse() {
        HealthResult result = HealthResult.down(HOSTILE).with(HOSTILE, HOSTILE).with("in", Map.of(HOSTILE, HOSTILE));
        HealthReport report = SampleReports.of(SampleReports.part("n<b>\"'&", true, result));

        String page = new HealthPage("/he\"><script>", true, Optional.of(HOSTILE)).write(HealthView.ALL, report);

        assertThat(page).doesNotContain("<script", "alert('", "<b>", "\u0007").contains("n&lt;b&gt;&quot;&#39;&amp;");
        assertThat(page.split("</style>", -1)).hasSize(2);
        assertThat(page.split("</title>", -1)).hasSize(2);
    }

    @Test
    void thePageLoadsNothingAndRunsNothing() throws Exception {
        String page = page(SampleReports.mixed());

        assertThat(page).doesNotContain("<script", "<img", "<iframe", " style=", "@import", "url(", "https:", " on");
        Matcher links = Pattern.compile("(?:href|src)=\"([^\"]*)\"").matcher(page);
        assertThat(links.results().map(link -> link.group(1).replaceFirst("^data:image/svg.*", "data")))
                .containsExactly("data", "/health", "/health/live", "/health/ready", "/health/started");
        Matcher style = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(page);
        assertThat(style.find()).isTrue();
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(HealthPage.CONTENT_SECURITY_POLICY)
                .startsWith("default-src 'none'; ")
                .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'")
                .doesNotContain("script-src", "unsafe");
        assertThat(page).contains("<meta http-equiv=\"refresh\" content=\"10\">");
    }

    @Test
    void aPageWithoutChecksSaysSo() {
        assertThat(page(SampleReports.of())).contains("UP", "no checks", "No checks are registered.");
        assertThat(new HealthPage("/health", true, Optional.empty()).write(HealthView.LIVE, SampleReports.of()))
                .contains("No checks count here: it is enough that the service answers.")
                .contains("<a href=\"/health/live\" aria-current=\"page\">Live</a>");
    }

    @Test
    void durationsAndAgesAreReadable() {
        assertThat(Sentences.text(Duration.ofSeconds(2))).isEqualTo("2 s");
        assertThat(Sentences.text(Duration.ofMinutes(10))).isEqualTo("600 s");
        assertThat(Sentences.text(Duration.ofMillis(1_500))).isEqualTo("1.5 s");
        assertThat(Sentences.text(Duration.ofMillis(100))).isEqualTo("100 ms");
        assertThat(Sentences.text(Duration.ofNanos(42_999))).isEqualTo("0.042 ms");
        assertThat(Sentences.text(Duration.ofNanos(999_999_999))).isEqualTo("999 ms");
        assertThat(Sentences.text(Duration.ZERO)).isEqualTo("0 ms");
        assertThat(Sentences.age(Duration.ofSeconds(119))).isEqualTo("119 s");
        assertThat(Sentences.age(Duration.ofMinutes(2))).isEqualTo("2 min");
        assertThat(Sentences.age(Duration.ofMinutes(121))).isEqualTo("2 h");
        assertThat(Sentences.age(Duration.ofHours(49))).isEqualTo("2 days");
    }
}
