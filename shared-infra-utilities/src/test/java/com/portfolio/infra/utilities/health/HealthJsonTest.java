package com.portfolio.infra.utilities.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.portfolio.infra.ports.health.HealthResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HealthJsonTest {

    private static final HealthJson WITH_DETAILS = new HealthJson(true, Optional.of("accounts"));
    private static final HealthJson WITHOUT = new HealthJson(false, Optional.empty());

    private static JsonNode details(Object value) {
        HealthReport report = SampleReports.of(HealthResult.up().with("it", value));
        return read(WITH_DETAILS.write(report))
                .at("/checks/only:responseTime/0/details")
                .path("it");
    }

    private static JsonNode read(String json) {
        try {
            return JsonMapper.builder().build().readTree(json);
        } catch (Exception e) {
            throw new AssertionError("Not JSON: " + json, e);
        }
    }

    @Test
    void aReportIsWrittenAsTheDraftHasIt() {
        assertThat(WITHOUT.write(SampleReports.mixed())).isEqualTo("""
                        {"status":"fail",\
                        "output":"database is DOWN, cache is UNKNOWN.",\
                        "checks":{\
                        "bus:responseTime":[{"componentId":"bus","observedValue":12.345,"observedUnit":"ms",\
                        "status":"pass","time":"2026-01-31T12:00:00.123Z","critical":true}],\
                        "cache:responseTime":[{"componentId":"cache","observedValue":12.345,"observedUnit":"ms",\
                        "status":"warn","time":"2026-01-31T12:00:00.123Z","critical":false}],\
                        "database:responseTime":[{"componentId":"database","observedValue":12.345,"observedUnit":"ms",\
                        "status":"fail","time":"2026-01-31T12:00:00.123Z","critical":true}]}}""");
    }

    @Test
    void reasonsAndDetailsAreWrittenWhenAskedFor() {
        assertThat(WITH_DETAILS.write(SampleReports.mixed())).isEqualTo("""
                        {"status":"fail","serviceId":"accounts",\
                        "output":"database is DOWN, cache is UNKNOWN.",\
                        "checks":{\
                        "bus:responseTime":[{"componentId":"bus","observedValue":12.345,"observedUnit":"ms",\
                        "status":"pass","time":"2026-01-31T12:00:00.123Z","critical":true}],\
                        "cache:responseTime":[{"componentId":"cache","observedValue":12.345,"observedUnit":"ms",\
                        "status":"warn","time":"2026-01-31T12:00:00.123Z","critical":false,\
                        "output":"Not called yet."}],\
                        "database:responseTime":[{"componentId":"database","observedValue":12.345,"observedUnit":"ms",\
                        "status":"fail","time":"2026-01-31T12:00:00.123Z","critical":true,\
                        "output":"The database does not answer.",\
                        "details":{"pool":{"active":3,"waiting":0},"open":[{"backend":4711},{"backend":4712}],\
                        "tags":["a","b"],"ratio":0.5,"fits":true}}]}}""");
    }

    @Test
    void aServiceWithoutChecksPasses() {
        assertThat(WITHOUT.write(SampleReports.of())).isEqualTo("{\"status\":\"pass\"}");
    }

    @Test
    void manyPartsThatAreNotUpAreNotAllNamed() {
        HealthReport.Part[] parts = IntStream.range(0, 30)
                .mapToObj(i -> SampleReports.part(
                        "c" + i, true, i == 29 ? HealthResult.down("Gone.") : HealthResult.degraded("Slow.")))
                .toArray(HealthReport.Part[]::new);

        assertThat(SampleReports.of(parts).reason().orElseThrow())
                .startsWith("c29 is DOWN, c0 is DEGRADED, ")
                .endsWith(", c8 is DEGRADED, and 20 more.");
    }

    @Test
    void whateverADetailIsItCanBeWritten() {
        assertThat(details(Instant.EPOCH).asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(details(Duration.ofSeconds(2)).asText()).isEqualTo("PT2S");
        assertThat(details(Double.NaN).asText()).isEqualTo("NaN");
        assertThat(details(Optional.of(5)).asInt()).isEqualTo(5);
        assertThat(details(Optional.empty()).isNull()).isTrue();
        assertThat(details(new BigDecimal("1E+3")).toString()).isEqualTo("1000");
        assertThat(details((short) 7).asInt()).isEqualTo(7);
        assertThat(details(1.5f).asDouble()).isEqualTo(1.5);
        assertThat(details("\ud800\u0000\"").asText()).hasSize(3);
        Map<Object, Object> odd = new HashMap<>();
        odd.put(null, null);
        assertThat(details(odd).path("null").isNull()).isTrue();
    }

    @Test
    void aDetailThatFailsIsNamedAfterItsFailure() {
        Object broken = new AbstractList<String>() {
            @Override
            public String get(int index) {
                throw new IllegalStateException("swordfish");
            }

            @Override
            public int size() {
                return 2;
            }
        };

        assertThat(details(broken).asText()).isEqualTo("(can't be shown: IllegalStateException)");
    }

    @Test
    void aReasonIsCutToo() {
        String json = WITH_DETAILS.write(SampleReports.of(HealthResult.down("x".repeat(1_000_000))));

        assertThat(json).hasSizeLessThan(3_000).contains("x\u2026\"");
    }

    @Test
    void aDetailIsCutBeforeAnybodyDrownsInIt() {
        Map<String, Object> circle = new HashMap<>();
        circle.put("again", circle);

        assertThat(details("x".repeat(1_000_000)).asText()).hasSize(2_001).endsWith("\u2026");
        assertThat(details(List.of(circle)).toString()).hasSizeLessThan(200).contains("\u2026");
        JsonNode many = details(IntStream.range(0, 100_000).boxed().toList());
        assertThat(many).hasSize(201);
        assertThat(many.get(200).asText()).isEqualTo("\u2026 99800 more");
        Map<String, Object> wide = new HashMap<>();
        IntStream.range(0, 300).forEach(i -> wide.put("k" + i, i));
        assertThat(details(wide)).hasSize(201);
    }
}
