package com.portfolio.infra.neon.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexedValueTest {

    @Test
    void escapingKeepsTheOrderAndLeavesNoNul() {
        List<String> ordered =
                List.of("", "\0", "\0\0", "\0\1", "\0a", "\1", "\1\0", "\1\1", "\1\2", "\2", "a", "a\0", "a\1", "ab");

        List<String> escaped = ordered.stream().map(IndexedValue::escaped).toList();

        assertThat(escaped).isSortedAccordingTo(CodePointOrder.INSTANCE).doesNotHaveDuplicates();
        assertThat(escaped).allSatisfy(text -> assertThat(text).doesNotContain("\0"));
    }

    @Test
    void codePointsBeyondTheBasicPlaneComeLast() {
        assertThat(List.of("Z", "a", "\uffee", "\ud83d\ude00")).isSortedAccordingTo(CodePointOrder.INSTANCE);
        assertThat(CodePointOrder.INSTANCE.compare("a", "a")).isZero();
    }

    @Test
    void instantsAreMicrosecondsAlsoBeforeTheEpoch() {
        assertThat(IndexedValue.stored(Instant.parse("1969-12-31T23:59:59.999999999Z")))
                .isEqualTo(-1L);
        assertThat(IndexedValue.stored(Instant.parse("1970-01-01T00:00:00.000001999Z")))
                .isEqualTo(1L);
        assertThatIllegalArgumentException().isThrownBy(() -> IndexedValue.stored(Instant.MAX));
    }

    @Test
    void textThatCanNotBeIndexedIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> IndexedValue.stored("x".repeat(501)));
        assertThatIllegalArgumentException().isThrownBy(() -> IndexedValue.stored("\ud800"));
    }
}
