package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.ports.projection.Document;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.ports.projection.ProjectionStoreException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PS.1: documents by id. */
@DisplayNameGeneration(RuleNames.class)
public abstract class ProjectionContract {

    /** Ids in their order by code point, which is neither that of UTF-16 nor that of any language. */
    private static final List<String> ORDERED = List.of(
            " ", "-", "A", "B", "Z", "_", "a", "a b", "aa", "b", "z", "\u00df", "\u00e9", "\uffee", "\ud83d\ude00");

    private final String projection = Unique.projection();

    /** A store for the documents of a projection, with {@link KitDocument#fields()} where it has an index. */
    protected abstract ProjectionStore<KitDocument> store(String projection);

    /** Called between a write and a read that has to see it; a store that is eventually consistent waits. */
    protected void settle() {}

    private ProjectionStore<KitDocument> store() {
        return store(projection);
    }

    private void saved(List<String> ids) {
        ids.forEach(id -> store().save(id, KitDocument.named("of " + id)));
        settle();
    }

    private List<String> listed(int limit) {
        List<String> ids = new ArrayList<>();
        Optional<PageRequest> next = Optional.of(PageRequest.first(limit));
        while (next.isPresent()) {
            DocumentPage<KitDocument> page = store().list(next.get());
            assertThat(page.documents()).hasSizeLessThanOrEqualTo(limit);
            page.documents().forEach(document -> {
                assertThat(document.value()).isEqualTo(KitDocument.named("of " + document.id()));
                ids.add(document.id());
            });
            next = page.next();
        }
        return ids;
    }

    private void comesBack(String id, KitDocument document) {
        store().save(id, document);
        settle();
        assertThat(store().find(id)).contains(document);
        assertThat(store().list(PageRequest.first(10)).documents()).contains(new Document<>(id, document));
    }

    @Test
    void ps1_aDocumentIsFoundAfterItWasSaved() {
        assertThat(store().find("a")).isEmpty();

        store().save("a", KitDocument.named("first"));
        settle();

        assertThat(store().find("a")).contains(KitDocument.named("first"));
        assertThat(store().find("b")).isEmpty();
    }

    @Test
    void ps1_aDocumentTakesThePlaceOfTheOneThatWasThere() {
        store().save("a", new KitDocument("first", BigDecimal.ONE, Instant.EPOCH, List.of("x")));
        store().save("a", KitDocument.named(null));
        settle();

        assertThat(store().find("a")).contains(KitDocument.named(null));
        assertThat(store().list(PageRequest.first(10)).documents()).hasSize(1);
    }

    @Test
    void ps1_aDocumentIsGoneAfterItWasDeleted() {
        saved(List.of("a", "b"));

        assertThat(store().delete("a")).isTrue();
        settle();
        assertThat(store().find("a")).isEmpty();
        assertThat(listed(10)).containsExactly("b");
        assertThat(store().delete("a")).isFalse();
        assertThat(store().delete("never")).isFalse();
    }

    @Test
    void ps1_anotherStoreOverTheSameProjectionHasTheSameDocuments() {
        saved(List.of("a"));

        assertThat(store(projection).find("a")).contains(KitDocument.named("of a"));
    }

    @Test
    void ps1_projectionsDoNotSeeEachOthersDocuments() {
        ProjectionStore<KitDocument> other = store(Unique.projection());
        saved(List.of("a", "b"));
        other.save("a", KitDocument.named("other"));
        assertThat(other.delete("b")).isFalse();
        settle();

        assertThat(store().find("a")).contains(KitDocument.named("of a"));
        assertThat(listed(10)).containsExactly("a", "b");
        assertThat(other.list(PageRequest.first(10)).documents())
                .containsExactly(new Document<>("a", KitDocument.named("other")));
    }

    @Test
    void ps1_anEmptyProjectionHasOneEmptyPage() {
        assertThat(store().list(PageRequest.first(10))).isEqualTo(new DocumentPage<>(List.of(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 14, 15, 16, PageRequest.MAX_LIMIT})
    void ps1_pagesOfAnySizeListEveryDocumentOnceInTheOrderOfIdsByCodePoint(int limit) {
        List<String> shuffled = new ArrayList<>(ORDERED);
        Collections.shuffle(shuffled, new Random(limit));
        saved(shuffled);

        assertThat(listed(limit)).isEqualTo(ORDERED);
    }

    @Test
    void ps1_thePageAtTheEndHasNoNext() {
        saved(List.of("a", "b", "c"));

        DocumentPage<KitDocument> first = store().list(PageRequest.first(2));
        assertThat(first.next()).isPresent();
        assertThat(store().list(first.next().orElseThrow()).next()).isEmpty();
        assertThat(store().list(PageRequest.first(3)).next()).isEmpty();
    }

    @Test
    void ps1_whatIsSavedOrDeletedBetweenTwoPagesDoesNotShiftTheOthers() {
        saved(List.of("b", "d", "f", "h"));
        DocumentPage<KitDocument> first = store().list(PageRequest.first(2));
        store().delete("b");
        store().delete("d");
        saved(List.of("c", "e", "g"));

        DocumentPage<KitDocument> second = store().list(first.next()
                .map(page -> new PageRequest(10, page.cursor()))
                .orElseThrow());

        assertThat(second.documents()).extracting(Document::id).containsExactly("e", "f", "g", "h");
    }

    @Test
    void ps1_manyDocumentsAreListed() {
        List<String> ids = IntStream.range(0, 1_200)
                .mapToObj(i -> String.format("%05d", i))
                .toList();
        saved(ids);

        assertThat(listed(500)).isEqualTo(ids);
    }

    @Test
    void ps1_aDocumentHoldsAnyTextThatAnEventMayHold() {
        List<String> texts = Samples.texts().toList();

        comesBack("a", new KitDocument("a name", null, null, texts));
    }

    @Test
    void ps1_aDocumentComesBackAsItWasSaved() {
        comesBack("a", new KitDocument(null, null, null, List.of()));
        for (String amount : List.of("1.0", "1.00", "1E+3", "0E-10", "123456789012345678901234567890.0123456789")) {
            comesBack("a", KitDocument.worth(amount));
        }
        comesBack("a", new KitDocument("", null, Instant.parse("2026-01-31T12:00:00.123456789Z"), List.of("", "")));
    }

    @Test
    void ps1_aLargeDocumentComesBackAsItWasSaved() {
        comesBack(
                "a",
                new KitDocument(null, null, null, List.of("\ud83d\ude00 0123456789\n\u0000".repeat((1 << 20) / 15))));
    }

    static Stream<String> ps1_anIdCanBeAnyTextOfUpTo255Characters() {
        return Stream.concat(
                Stream.of("x".repeat(255), "\ud83d\ude00".repeat(127)),
                Samples.texts().filter(text -> !text.isEmpty() && text.indexOf('\0') < 0));
    }

    @ParameterizedTest
    @MethodSource
    void ps1_anIdCanBeAnyTextOfUpTo255Characters(String id) {
        comesBack(id, KitDocument.named("a"));

        assertThat(store().delete(id)).isTrue();
        settle();
        assertThat(store().find(id)).isEmpty();
    }

    static Stream<String> ps1_anIdThatIsNoneIsRefused() {
        return Stream.of("", "x".repeat(256), "a\0b", "a\ud800", "\udc00");
    }

    @ParameterizedTest(name = "[{index}]")
    @MethodSource
    void ps1_anIdThatIsNoneIsRefused(String id) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> store().find(id));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> store().delete(id));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> store().save(id, KitDocument.named("a")));
        assertThat(store().list(PageRequest.first(10)).documents()).isEmpty();
    }

    @Test
    void ps1_aDocumentThatCantBeWrittenIsRefusedAndWhatWasThereStays() {
        saved(List.of("a"));

        assertThatExceptionOfType(ProjectionStoreException.class)
                .isThrownBy(() -> store().save("a", new KitDocument(null, null, null, List.of("half: \ud800"))))
                .withMessageContaining("'a'")
                .satisfies(e -> assertThat(e.isRetryable()).isFalse());
        settle();
        assertThat(store().find("a")).contains(KitDocument.named("of a"));
    }

    @Test
    void ps1_aPageOfNoDocumentsOrOfTooManyIsRefused() {
        for (int limit : List.of(-1, 0, PageRequest.MAX_LIMIT + 1)) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> store().list(PageRequest.first(limit)));
        }
    }
}
