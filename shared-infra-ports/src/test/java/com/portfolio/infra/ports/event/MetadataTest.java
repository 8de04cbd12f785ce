package com.portfolio.infra.ports.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataTest {

    @Test
    void laterEntriesReplaceEarlierOnesOfTheSameName() {
        Metadata metadata = Metadata.of("tenant", "a").with("user", "u").with(Metadata.of("tenant", "b"));

        assertThat(metadata.entries()).containsExactly(Map.entry("tenant", "b"), Map.entry("user", "u"));
        assertThat(metadata.get("nobody")).isEmpty();
    }

    @Test
    void entriesAreInTheOrderOfTheirNamesWhateverTheOrderOfAdding() {
        assertThat(Metadata.of("b", "2").with("a", "1").entries().keySet()).containsExactly("a", "b");
    }

    @Test
    void aLaterChangeOfTheGivenMapDoesNotShow() {
        Map<String, String> entries = new HashMap<>(Map.of("a", "1"));
        Metadata metadata = new Metadata(entries);
        entries.put("b", "2");

        assertThat(metadata.entries()).containsOnlyKeys("a");
        assertThatThrownBy(() -> metadata.entries().put("c", "3")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void halfASurrogatePairIsRefusedWithTheEntryNamed() {
        assertThatThrownBy(() -> Metadata.of("note", "a\uD83Db"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("metadata 'note'", "index 1");
        assertThat(Metadata.of("note", "\uD83D\uDE00").get("note")).contains("\uD83D\uDE00");
    }

    @Test
    void correlationAndCausationAreEntriesLikeOthers() {
        Metadata metadata = Metadata.of("correlationId", "c").with("causationId", "k");

        assertThat(metadata.correlationId()).contains("c");
        assertThat(metadata.causationId()).contains("k");
        assertThat(Metadata.empty().correlationId()).isEmpty();
    }
}
