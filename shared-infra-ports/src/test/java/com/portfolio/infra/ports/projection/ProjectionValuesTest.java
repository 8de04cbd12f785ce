package com.portfolio.infra.ports.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.projection.DocumentQuery.Comparison;
import com.portfolio.infra.ports.projection.DocumentQuery.Order;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProjectionValuesTest {

    @Test
    void aDocumentIdHasOneTo255CharactersWithoutNulAndLoneSurrogates() {
        assertThat(DocumentIds.require("x".repeat(255))).hasSize(255);
        assertThatThrownBy(() -> DocumentIds.require("")).hasMessageContaining("this one has 0");
        assertThatThrownBy(() -> DocumentIds.require("x".repeat(256))).hasMessageContaining("this one has 256");
        assertThatThrownBy(() -> DocumentIds.require("a\0")).hasMessageContaining("U+0000");
        assertThatThrownBy(() -> DocumentIds.require("\uDC00")).hasMessageContaining("document id");
    }

    @Test
    void pagesHaveAtLeastOneAndAtMostAThousandDocuments() {
        assertThatThrownBy(() -> PageRequest.first(0)).hasMessageContaining("not 0");
        assertThatThrownBy(() -> PageRequest.first(1001)).hasMessageContaining("not 1001");
        assertThat(PageRequest.first(1).after("c").cursor()).contains("c");
    }

    @Test
    void aQueryGathersConditionsAndOneOrder() {
        DocumentQuery query = DocumentQuery.where("status", Comparison.EQUAL, "active")
                .and("balance", Comparison.AT_LEAST, new BigDecimal("100"))
                .orderBy("balance", Order.DESCENDING);

        assertThat(query.conditions())
                .extracting(DocumentQuery.Condition::field)
                .containsExactly("status", "balance");
        assertThat(query.ordering()).contains(new DocumentQuery.Ordering("balance", Order.DESCENDING));
    }

    @Test
    void aValueOfNoComparableKindIsRefusedWithTheFieldNamed() {
        assertThatThrownBy(() -> DocumentQuery.where("balance", Comparison.LESS, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'balance'", "java.lang.Integer");
    }

    @Test
    void anIndexedFieldHasAPlainName() {
        assertThatThrownBy(() -> IndexedField.text("a b", Object::toString)).hasMessageContaining("'a b'");
        assertThat(IndexedField.<String>text("a_b-c.d", s -> s).value().apply("v"))
                .isEqualTo("v");
    }

    @Test
    void conflictsSayWhatIsThereAndWhatWasExpected() {
        Checkpoint checkpoint = new Checkpoint(new LogId("log-1"), Position.of(7));

        assertThat(new CheckpointConflictException("users", Optional.empty(), Optional.of(checkpoint)))
                .hasMessageContainingAll("'users'", "at position 7 of log log-1", "expected no position yet");
        assertThat(new WrongDocumentVersionException("users", "u1", 2, 3))
                .hasMessageContainingAll("'u1'", "'users'", "version 3", "version 2 was expected");
    }
}
