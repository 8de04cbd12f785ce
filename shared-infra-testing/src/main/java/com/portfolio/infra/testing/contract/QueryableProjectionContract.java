package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.ports.projection.Document;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.DocumentQuery.Comparison;
import com.portfolio.infra.ports.projection.DocumentQuery.Order;
import com.portfolio.infra.ports.projection.IndexedField;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStoreException;
import com.portfolio.infra.ports.projection.QueryableProjectionStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PS.6: documents by the fields that their projection declared. */
@DisplayNameGeneration(RuleNames.class)
public abstract class QueryableProjectionContract {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123456Z");

    private final String projection = Unique.projection();

    /** A store for the documents of a projection that declares {@link KitDocument#fields()}. */
    protected abstract QueryableProjectionStore<KitDocument> store(String projection);

    private QueryableProjectionStore<KitDocument> store() {
        return store(projection);
    }

    private List<String> found(DocumentQuery query, int limit) {
        List<String> ids = new ArrayList<>();
        Optional<PageRequest> next = Optional.of(PageRequest.first(limit));
        while (next.isPresent()) {
            DocumentPage<KitDocument> page = store().query(query, next.get());
            assertThat(page.documents()).hasSizeLessThanOrEqualTo(limit);
            page.documents().forEach(document -> {
                assertThat(store().find(document.id())).contains(document.value());
                ids.add(document.id());
            });
            next = page.next();
        }
        return ids;
    }

    private List<String> found(DocumentQuery query) {
        return found(query, 100);
    }

    private void savedAmounts() {
        store().save("a", KitDocument.worth("10"));
        store().save("b", KitDocument.worth("9.5"));
        store().save("c", KitDocument.worth("-1"));
        store().save("d", KitDocument.worth("10.00"));
        store().save("e", KitDocument.named("without an amount"));
        store().save("f", KitDocument.worth("1E+2"));
    }

    @ParameterizedTest
    @CsvSource({"EQUAL,ad", "LESS,bc", "AT_MOST,abcd", "GREATER,f", "AT_LEAST,adf"})
    void ps6_numbersCompareByValueWhateverTheirScale(Comparison comparison, String expected) {
        savedAmounts();

        assertThat(String.join("", found(DocumentQuery.where("amount", comparison, new BigDecimal("10.0")))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"EQUAL,d", "LESS,abc", "AT_MOST,abcd", "GREATER,ef", "AT_LEAST,def"})
    void ps6_textComparesByCodePoint(Comparison comparison, String expected) {
        List<String> names = List.of("", "B", "a", "a b", "\uffee", "\ud83d\ude00");
        for (int i = 0; i < names.size(); i++) {
            store().save(String.valueOf((char) ('a' + i)), KitDocument.named(names.get(i)));
        }
        store().save("g", KitDocument.worth("1"));

        assertThat(String.join("", found(DocumentQuery.where("name", comparison, "a b"))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"EQUAL,b", "LESS,a", "AT_MOST,ab", "GREATER,c", "AT_LEAST,bc"})
    void ps6_instantsCompareByTime(Comparison comparison, String expected) {
        store().save("a", new KitDocument(null, null, NOON.minusNanos(1_000), List.of()));
        store().save("b", new KitDocument(null, null, NOON, List.of()));
        store().save("c", new KitDocument(null, null, NOON.plusNanos(1_000), List.of()));
        store().save("d", KitDocument.named("without a time"));

        assertThat(String.join("", found(DocumentQuery.where("at", comparison, NOON))))
                .isEqualTo(expected);
    }

    @Test
    void ps6_aDocumentMustMeetAllConditions() {
        savedAmounts();
        store().save("g", new KitDocument("x", BigDecimal.TEN, null, List.of()));

        assertThat(found(DocumentQuery.where("amount", Comparison.AT_LEAST, new BigDecimal("9"))
                        .and("amount", Comparison.LESS, new BigDecimal("50"))))
                .containsExactly("a", "b", "d", "g");
        assertThat(found(DocumentQuery.where("amount", Comparison.EQUAL, BigDecimal.TEN)
                        .and("name", Comparison.EQUAL, "x")))
                .containsExactly("g");
    }

    @Test
    void ps6_withoutConditionsEveryDocumentIsFoundInTheOrderOfIds() {
        savedAmounts();

        assertThat(found(DocumentQuery.all())).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7})
    void ps6_anOrderedQueryGivesPagesOfAnySizeAndDocumentsWithoutAValueLast(int limit) {
        savedAmounts();
        store().save("0", KitDocument.named("without an amount either"));

        assertThat(found(DocumentQuery.all().orderBy("amount", Order.ASCENDING), limit))
                .containsExactly("c", "b", "a", "d", "f", "0", "e");
        assertThat(found(DocumentQuery.all().orderBy("amount", Order.DESCENDING), limit))
                .containsExactly("f", "a", "d", "b", "c", "0", "e");
    }

    @Test
    void ps6_textAndInstantsHaveAnOrderToo() {
        store().save("a", new KitDocument("\ud83d\ude00", null, NOON, List.of()));
        store().save("b", new KitDocument("\uffee", null, NOON.plusNanos(1_000), List.of()));
        store().save("c", new KitDocument("Z", null, NOON.minusSeconds(1), List.of()));
        store().save("d", new KitDocument("a", null, NOON, List.of()));

        assertThat(found(DocumentQuery.all().orderBy("name", Order.ASCENDING), 3))
                .containsExactly("c", "d", "b", "a");
        assertThat(found(DocumentQuery.all().orderBy("at", Order.DESCENDING), 2))
                .containsExactly("b", "a", "d", "c");
    }

    @Test
    void ps6_whatIsSavedOrDeletedBetweenTwoPagesDoesNotShiftTheOthers() {
        savedAmounts();
        DocumentQuery query = DocumentQuery.all().orderBy("amount", Order.ASCENDING);
        DocumentPage<KitDocument> first = store().query(query, PageRequest.first(3));
        store().delete("a");
        store().save("9", KitDocument.worth("50"));

        DocumentPage<KitDocument> second = store().query(
                        query,
                        first.next()
                                .map(page -> new PageRequest(10, page.cursor()))
                                .orElseThrow());

        assertThat(second.documents()).extracting(Document::id).containsExactly("d", "9", "f", "e");
    }

    @Test
    void ps6_aDocumentIsFoundByWhatItIsNow() {
        store().save("a", KitDocument.named("before"));
        store().save("a", KitDocument.named("now"));
        store().save("b", KitDocument.named("now"));
        store().delete("b");

        assertThat(found(DocumentQuery.where("name", Comparison.EQUAL, "before")))
                .isEmpty();
        assertThat(found(DocumentQuery.where("name", Comparison.EQUAL, "now"))).containsExactly("a");
    }

    @Test
    void ps6_projectionsDoNotFindEachOthersDocuments() {
        store(Unique.projection()).save("a", KitDocument.named("x"));

        assertThat(found(DocumentQuery.where("name", Comparison.EQUAL, "x"))).isEmpty();
    }

    @Test
    void ps6_aFieldThatWasNotDeclaredIsRefusedNamingIt() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> found(DocumentQuery.where("tags", Comparison.EQUAL, "x")))
                .withMessageContaining("tags");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> found(DocumentQuery.all().orderBy("tags", Order.ASCENDING)))
                .withMessageContaining("tags");
    }

    @Test
    void ps6_aValueOfAnotherKindThanTheFieldsIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> found(DocumentQuery.where("amount", Comparison.EQUAL, "10")))
                .withMessageContaining("amount");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> found(DocumentQuery.where("name", Comparison.EQUAL, BigDecimal.TEN)))
                .withMessageContaining("name");
    }

    @Test
    void ps6_aTextThatIsTooLongForAnIndexIsRefusedAndWhatWasThereStays() {
        String longest = "x".repeat(IndexedField.MAX_TEXT_LENGTH);
        store().save("a", KitDocument.named(longest));
        assertThat(found(DocumentQuery.where("name", Comparison.EQUAL, longest)))
                .containsExactly("a");

        assertThatExceptionOfType(ProjectionStoreException.class)
                .isThrownBy(() -> store().save("a", KitDocument.named(longest + "x")))
                .withMessageContaining("name");

        assertThat(store().find("a")).contains(KitDocument.named(longest));
    }
}
