package com.portfolio.infra.utilities.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.LogQuery;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CatchUpRequestTest {

    private static final CatchUpRequest PLAIN = CatchUpRequest.forBatches("plain", batch -> {});

    private static Stream<Arguments> changes() {
        CatchUpStart from = CatchUpStart.end();
        LogFilter filter = LogFilter.ofCategories("account");
        HandlerRetry retry = HandlerRetry.attempts(9);
        WhenExhausted choice = WhenExhausted.park(parked -> {});
        CheckpointListener listener = checkpoint -> {};
        Backoff backoff = new Backoff(Duration.ofMillis(7), Duration.ofMillis(8));
        Duration time = Duration.ofMillis(1234);
        return Stream.of(
                Arguments.of("from", PLAIN.from(from), from),
                Arguments.of("filter", PLAIN.matching(filter), filter),
                Arguments.of("pageSize", PLAIN.pageSize(3), 3),
                Arguments.of("retry", PLAIN.retry(retry), retry),
                Arguments.of("whenExhausted", PLAIN.whenExhausted(choice), choice),
                Arguments.of("progress", PLAIN.onProgress(listener), listener),
                Arguments.of("reconnect", PLAIN.reconnect(backoff), backoff),
                Arguments.of("awaitTimeout", PLAIN.awaitTimeout(time), time),
                Arguments.of("closeTimeout", PLAIN.closeTimeout(time), time));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void eachMethodSetsOneComponentAndKeepsTheOthers(String component, CatchUpRequest changed, Object value)
            throws ReflectiveOperationException {
        Map<String, Object> expected = components(PLAIN);
        expected.put(component, value);
        assertThat(components(changed)).isEqualTo(expected).isNotEqualTo(components(PLAIN));
    }

    @Test
    void theRequestThatIsChangedStaysAsItIs() throws ReflectiveOperationException {
        Map<String, Object> before = components(PLAIN);
        PLAIN.pageSize(3).closeTimeout(Duration.ZERO);
        assertThat(components(PLAIN)).isEqualTo(before);
    }

    @Test
    void whatIsSetIsCheckedAtOnce() {
        assertThatThrownBy(() -> PLAIN.pageSize(LogQuery.MAX_LIMIT + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Subscription 'plain' needs a page size");
        assertThatThrownBy(() -> PLAIN.closeTimeout(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a close timeout that is not negative");
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> PLAIN.pageSize(0)).hasMessageContaining("page size");
        assertThatThrownBy(() -> CatchUpRequest.forEach(" ", event -> {})).hasMessageContaining("name");
        assertThatThrownBy(() -> PLAIN.awaitTimeout(Duration.ZERO)).hasMessageContaining("positive");
        assertThatThrownBy(() -> HandlerRetry.attempts(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("not shorter");
    }

    private static Map<String, Object> components(CatchUpRequest request) throws ReflectiveOperationException {
        Map<String, Object> values = new HashMap<>();
        for (RecordComponent component : CatchUpRequest.class.getRecordComponents()) {
            values.put(component.getName(), component.getAccessor().invoke(request));
        }
        return values;
    }
}
