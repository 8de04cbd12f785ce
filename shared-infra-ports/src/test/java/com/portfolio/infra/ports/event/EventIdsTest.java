package com.portfolio.infra.ports.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventIdsTest {

    private static final Comparator<UUID> UNSIGNED = Comparator.<UUID, Long>comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    @Test
    void idsAreVersionSevenOfTheStandardVariantAndBeginWithTheTime() {
        long before = System.currentTimeMillis();
        UUID id = EventIds.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isGreaterThanOrEqualTo(before);
    }

    @Test
    void idsGrowAlsoWhenThereAreMoreThanAMillisecondHolds() {
        List<UUID> ids = Stream.generate(EventIds::next).limit(20_000).toList();

        assertThat(ids).isSortedAccordingTo(UNSIGNED).doesNotHaveDuplicates();
    }

    @Test
    void threadsNeverShareAnId() {
        Set<UUID> ids = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 50_000).parallel().forEach(i -> ids.add(EventIds.next()));

        assertThat(ids).hasSize(50_000);
    }
}
