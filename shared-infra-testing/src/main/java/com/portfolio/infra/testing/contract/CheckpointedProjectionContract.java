package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.projection.CheckpointConflictException;
import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.ports.projection.Document;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStoreException;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import com.portfolio.infra.ports.projection.WrongDocumentVersionException;
import com.portfolio.infra.testing.contract.Racing.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;

/** PS.3: documents move together with the checkpoint of their projection. */
@DisplayNameGeneration(RuleNames.class)
public abstract class CheckpointedProjectionContract {

    private static final int PROJECTORS = 8;
    private static final Optional<Checkpoint> NONE = Optional.empty();
    private static final LogId LOG = new LogId("4f6c2d9e-kit");

    private final String projection = Unique.projection();

    /** A store for the documents of a projection. */
    protected abstract CheckpointedProjectionStore<KitDocument> store(String projection);

    private CheckpointedProjectionStore<KitDocument> store() {
        return store(projection);
    }

    private static Checkpoint at(long position) {
        return new Checkpoint(LOG, Position.of(position));
    }

    private void advance(long from, long to, Consumer<VersionedProjectionStore<KitDocument>> writes) {
        store().advance(from == 0 ? NONE : Optional.of(at(from)), at(to), writes);
    }

    private List<String> listed() {
        return store().list(PageRequest.first(100)).documents().stream()
                .map(Document::id)
                .toList();
    }

    /** A projection at checkpoint 5 with the documents a and b. */
    private void begun() {
        advance(0, 5, view -> {
            view.save("a", KitDocument.named("a5"));
            view.save("b", KitDocument.named("b5"));
        });
    }

    private void isAsBegun() {
        assertThat(store().checkpoint()).contains(at(5));
        assertThat(listed()).containsExactly("a", "b");
        assertThat(store().find("a")).contains(KitDocument.named("a5"));
        assertThat(store().findVersioned("a"))
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo(1));
    }

    @Test
    void ps3_aProjectionThatHasNotBegunHasNoCheckpoint() {
        assertThat(store().checkpoint()).isEmpty();
        store().save("a", KitDocument.named("a"));
        assertThat(store().checkpoint()).isEmpty();
    }

    @Test
    void ps3_documentsAndCheckpointMoveTogether() {
        begun();
        isAsBegun();

        advance(5, 9, view -> {
            view.save("a", KitDocument.named("a9"), 1);
            view.delete("b");
            view.save("c", KitDocument.named("c9"), 0);
        });

        assertThat(store().checkpoint()).contains(at(9));
        assertThat(listed()).containsExactly("a", "c");
        assertThat(store().find("a")).contains(KitDocument.named("a9"));
    }

    @Test
    void ps3_theCheckpointMovesWithoutDocumentsToo() {
        begun();

        advance(5, 100, view -> {});

        assertThat(store().checkpoint()).contains(at(100));
        assertThat(listed()).containsExactly("a", "b");
    }

    @Test
    void ps3_aCheckpointOfAnyLogIsKeptAsItIs() {
        Checkpoint far = new Checkpoint(new LogId("another log \u00e9"), Position.of(Long.MAX_VALUE));

        store().advance(NONE, far, view -> {});
        assertThat(store().checkpoint()).contains(far);

        store().advance(Optional.of(far), new Checkpoint(LOG, Position.START), view -> {});
        assertThat(store().checkpoint()).contains(new Checkpoint(LOG, Position.START));
    }

    @Test
    void ps3_eachProjectionHasACheckpointOfItsOwn() {
        begun();

        assertThat(store(Unique.projection()).checkpoint()).isEmpty();
    }

    @Test
    void ps3_nothingMovesIfTheWritesThrowAndTheirExceptionComesOut() {
        begun();
        IllegalStateException failure = new IllegalStateException("on purpose");

        assertThatThrownBy(() -> advance(5, 9, view -> {
                    view.save("a", KitDocument.named("a9"));
                    view.delete("b");
                    view.save("c", KitDocument.named("c9"));
                    throw failure;
                }))
                .isSameAs(failure);

        isAsBegun();
    }

    @Test
    void ps3_nothingMovesFromAnotherCheckpointThanTheOneThatIsThere() {
        begun();
        List<Optional<Checkpoint>> wrong = List.of(
                NONE,
                Optional.of(at(4)),
                Optional.of(at(6)),
                Optional.of(new Checkpoint(new LogId("another"), Position.of(5))));

        for (Optional<Checkpoint> from : wrong) {
            assertThatExceptionOfType(CheckpointConflictException.class)
                    .isThrownBy(() -> store().advance(from, at(9), view -> view.save("a", KitDocument.named("a9"))))
                    .satisfies(e -> {
                        assertThat(e.expected()).isEqualTo(from);
                        assertThat(e.actual()).contains(at(5));
                        assertThat(e.isRetryable()).isFalse();
                    });
            isAsBegun();
        }
    }

    @Test
    void ps3_nothingMovesFromACheckpointWhereThereIsNone() {
        assertThatExceptionOfType(CheckpointConflictException.class)
                .isThrownBy(() -> advance(5, 9, view -> view.save("a", KitDocument.named("a9"))))
                .satisfies(e -> assertThat(e.actual()).isEmpty());
        assertThat(store().checkpoint()).isEmpty();
        assertThat(listed()).isEmpty();
    }

    @Test
    void ps3_nothingMovesIfADocumentHasAnotherVersion() {
        begun();

        assertThatExceptionOfType(WrongDocumentVersionException.class)
                .isThrownBy(() -> advance(5, 9, view -> {
                    view.save("b", KitDocument.named("b9"));
                    view.save("a", KitDocument.named("a9"), 7);
                }));
        isAsBegun();
        assertThatExceptionOfType(WrongDocumentVersionException.class)
                .isThrownBy(() -> advance(5, 9, view -> view.delete("a", 7)));
        isAsBegun();
    }

    @Test
    void ps3_nothingMovesIfADocumentCantBeWritten() {
        begun();

        assertThatExceptionOfType(ProjectionStoreException.class)
                .isThrownBy(() -> advance(5, 9, view -> {
                    view.save("b", KitDocument.named("b9"));
                    view.save("a", new KitDocument(null, null, null, List.of("\ud800")));
                }));
        isAsBegun();
    }

    @Test
    void ps3_theWritesSeeTheirOwnChanges() {
        begun();

        advance(5, 9, view -> {
            assertThat(view.save("a", KitDocument.named("a9"), 1)).isEqualTo(2);
            assertThat(view.save("a", KitDocument.named("a10"), 2)).isEqualTo(3);
            assertThat(view.delete("b")).isTrue();
            assertThat(view.delete("b")).isFalse();
            view.save("c", KitDocument.named("c9"));

            assertThat(view.find("a")).contains(KitDocument.named("a10"));
            assertThat(view.findVersioned("a"))
                    .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo(3));
            assertThat(view.find("b")).isEmpty();
            assertThat(view.list(PageRequest.first(10)).documents())
                    .extracting(Document::id)
                    .containsExactly("a", "c");
        });

        assertThat(store().findVersioned("a"))
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo(3));
    }

    @Test
    void ps3_nobodyElseSeesTheChangesBeforeTheyAreDone() {
        begun();

        advance(5, 9, view -> {
            view.save("a", KitDocument.named("a9"));
            view.delete("b");
            view.save("c", KitDocument.named("c9"));
            isAsBegun();
        });

        assertThat(listed()).containsExactly("a", "c");
    }

    @Test
    void ps3_theViewOfTheWritesIsOfNoUseAfterwards() {
        List<VersionedProjectionStore<KitDocument>> kept = new ArrayList<>();
        begun();
        advance(5, 9, kept::add);

        assertThatThrownBy(() -> kept.get(0).save("late", KitDocument.named("late")))
                .isInstanceOf(RuntimeException.class);
        assertThat(listed()).containsExactly("a", "b");
    }

    @Test
    void ps3_ofRacingProjectorsThatReadTheSameCheckpointExactlyOneWins() {
        for (int round = 0; round < 10; round++) {
            long from = round;
            String id = "round" + round;

            List<Outcome<Integer>> outcomes = Racing.outcomes(PROJECTORS, projector -> () -> {
                advance(from, from + 1, view -> view.save(id, KitDocument.named("of " + projector)));
                return projector;
            });

            assertThat(outcomes)
                    .filteredOn(Outcome::succeeded)
                    .singleElement()
                    .satisfies(
                            winner -> assertThat(store().find(id)).contains(KitDocument.named("of " + winner.value())));
            assertThat(outcomes)
                    .filteredOn(outcome -> !outcome.succeeded())
                    .allSatisfy(loser -> assertThat(loser.failure()).isInstanceOf(CheckpointConflictException.class));
            assertThat(store().findVersioned(id))
                    .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo(1));
        }
    }

    @Test
    void ps3_eachStepHasItsEffectOnceHoweverManyProjectorsAreAtWork() {
        long steps = 40;
        Racing.values(PROJECTORS / 2, projector -> () -> {
            boolean more = true;
            while (more) {
                more = step(steps);
            }
            return true;
        });

        assertThat(store().checkpoint()).contains(at(steps));
        assertThat(store().findVersioned("count"))
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo(steps));
    }

    /** Takes one step, or loses it to another projector; {@code false} when all are taken. */
    private boolean step(long last) {
        Optional<Checkpoint> from = store().checkpoint();
        long position = from.map(checkpoint -> checkpoint.position().value()).orElse(0L);
        if (position == last) {
            return false;
        }
        try {
            store().advance(from, at(position + 1), view -> view.save("count", KitDocument.named("x")));
        } catch (CheckpointConflictException e) {
            assertThat(e.actual()).isNotEqualTo(from);
        }
        return true;
    }
}
