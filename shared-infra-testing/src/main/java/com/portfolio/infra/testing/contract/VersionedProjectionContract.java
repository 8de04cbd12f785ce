package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.ports.projection.VersionedDocument;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import com.portfolio.infra.ports.projection.WrongDocumentVersionException;
import com.portfolio.infra.testing.contract.Racing.Outcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;

/** PS.2: documents with versions. */
@DisplayNameGeneration(RuleNames.class)
public abstract class VersionedProjectionContract {

    private static final int WRITERS = 8;
    private static final KitDocument DOCUMENT = KitDocument.named("a document");

    private final String projection = Unique.projection();

    /** A store for the documents of a projection. */
    protected abstract VersionedProjectionStore<KitDocument> store(String projection);

    private VersionedProjectionStore<KitDocument> store() {
        return store(projection);
    }

    private long version() {
        return store().findVersioned("a").map(VersionedDocument::version).orElse(0L);
    }

    private void refused(long expected, long actual, ThrowingCallable write) {
        Optional<VersionedDocument<KitDocument>> before = store().findVersioned("a");
        assertThatExceptionOfType(WrongDocumentVersionException.class)
                .isThrownBy(write)
                .satisfies(e -> {
                    assertThat(e.id()).isEqualTo("a");
                    assertThat(e.expected()).isEqualTo(expected);
                    assertThat(e.actual()).isEqualTo(actual);
                    assertThat(e.isRetryable()).isFalse();
                });
        assertThat(store().findVersioned("a")).isEqualTo(before);
    }

    @Test
    void ps2_theVersionIsTheNumberOfSavesWithAndWithoutAnExpectation() {
        assertThat(store().findVersioned("a")).isEmpty();

        store().save("a", KitDocument.named("1"));
        assertThat(version()).isEqualTo(1);
        assertThat(store().save("a", KitDocument.named("2"), 1)).isEqualTo(2);
        store().save("a", KitDocument.named("3"));

        assertThat(store().findVersioned("a")).contains(new VersionedDocument<>("a", 3, KitDocument.named("3")));
        assertThat(store().find("a")).contains(KitDocument.named("3"));
    }

    @Test
    void ps2_aDocumentThatMustNotBeThereIsSavedOnce() {
        assertThat(store().save("a", DOCUMENT, 0)).isEqualTo(1);

        refused(0, 1, () -> store().save("a", KitDocument.named("other"), 0));
    }

    @Test
    void ps2_aSaveThatExpectsAnotherVersionIsRefused() {
        store().save("a", DOCUMENT);
        store().save("a", DOCUMENT);

        refused(1, 2, () -> store().save("a", KitDocument.named("other"), 1));
        refused(3, 2, () -> store().save("a", KitDocument.named("other"), 3));
    }

    @Test
    void ps2_aSaveThatExpectsADocumentThatIsNotThereIsRefused() {
        refused(1, 0, () -> store().save("a", DOCUMENT, 1));
    }

    @Test
    void ps2_aDeleteOfTheExpectedVersionDeletes() {
        store().save("a", DOCUMENT);
        store().save("a", DOCUMENT);

        store().delete("a", 2);

        assertThat(store().find("a")).isEmpty();
        assertThat(store().findVersioned("a")).isEmpty();
    }

    @Test
    void ps2_aDeleteOfAnotherVersionIsRefused() {
        refused(1, 0, () -> store().delete("a", 1));
        store().save("a", DOCUMENT);
        store().save("a", DOCUMENT);

        refused(1, 2, () -> store().delete("a", 1));
        refused(3, 2, () -> store().delete("a", 3));
    }

    @Test
    void ps2_theVersionBeginsAnewAfterADelete() {
        store().save("a", DOCUMENT);
        store().save("a", DOCUMENT);
        store().delete("a");

        assertThat(store().save("a", DOCUMENT, 0)).isEqualTo(1);
        store().delete("a", 1);
        store().save("a", DOCUMENT);
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void ps2_eachDocumentHasAVersionOfItsOwn() {
        store().save("b", DOCUMENT);
        store().save("b", DOCUMENT);
        store().save("a", DOCUMENT);

        assertThat(version()).isEqualTo(1);
        assertThat(store(Unique.projection()).save("a", DOCUMENT, 0)).isEqualTo(1);
    }

    @Test
    void ps2_ofRacingSavesThatExpectTheSameVersionExactlyOneWins() {
        for (long version = 0; version < 10; version++) {
            long expected = version;

            List<Outcome<Long>> outcomes = Racing.outcomes(
                    WRITERS, writer -> () -> store().save("a", KitDocument.named("of " + writer), expected));

            assertThat(outcomes)
                    .filteredOn(Outcome::succeeded)
                    .singleElement()
                    .extracting(Outcome::value)
                    .isEqualTo(expected + 1);
            assertThat(outcomes)
                    .filteredOn(outcome -> !outcome.succeeded())
                    .allSatisfy(
                            outcome -> assertThat(outcome.failure()).isInstanceOf(WrongDocumentVersionException.class));
        }
        assertThat(version()).isEqualTo(10);
    }

    @Test
    void ps2_racingSavesWithoutAnExpectationAreAllCounted() {
        long each = 20;
        Racing.values(WRITERS, writer -> () -> {
            for (int i = 0; i < each; i++) {
                store().save("a", KitDocument.named("of " + writer));
            }
            return true;
        });

        assertThat(version()).isEqualTo(WRITERS * each);
    }

    @Test
    void ps2_writersWhoFindChangeAndRetryLoseNoChange() {
        int each = 10;
        store().save("a", KitDocument.worth("0"));
        Racing.values(WRITERS, writer -> () -> {
            for (int i = 0; i < each; i++) {
                addOne();
            }
            return true;
        });

        assertThat(store().find("a")).contains(KitDocument.worth(Integer.toString(WRITERS * each)));
    }

    private void addOne() {
        while (true) {
            VersionedDocument<KitDocument> found = store().findVersioned("a").orElseThrow();
            BigDecimal amount = found.value().amount();
            assertThat(amount).isNotNull();
            try {
                store().save(
                                "a",
                                KitDocument.worth(new BigDecimal(String.valueOf(amount))
                                        .add(BigDecimal.ONE)
                                        .toString()),
                                found.version());
                return;
            } catch (WrongDocumentVersionException e) {
                assertThat(e.actual()).isGreaterThan(found.version());
            }
        }
    }
}
