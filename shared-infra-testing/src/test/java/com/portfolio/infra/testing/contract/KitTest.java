package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.testing.contract.KitRun.Store;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kits under test: who breaks a rule on purpose is told so, and told of that rule. */
class KitTest {

    /** What becomes of a handler that throws is up to the subscriptions, which no log can break. */
    private static final String OF_THE_ENGINE = "EL.8";

    private static final Map<String, Set<String>> STORE_RULES = RulesBroken.BY_STORES;
    private static final Map<String, Set<String>> LOG_RULES = RulesBroken.BY_LOGS;
    private static final Map<String, Set<String>> PROJECTION_RULES = RulesBroken.BY_PROJECTION_STORES;
    private static final Map<String, Set<String>> HEALTH_RULES = RulesBroken.BY_HEALTH_REGISTRIES;

    static Stream<Mutant<EventStoreFixture>> aBrokenStoreBreaksItsRules() {
        return BrokenEventStores.all();
    }

    @ParameterizedTest
    @MethodSource
    void aBrokenStoreBreaksItsRules(Mutant<EventStoreFixture> mutant) {
        breaks(KitRun.ofStore(mutant.made().get()), STORE_RULES.get(mutant.name()));
    }

    static Stream<Mutant<EventStoreFixture>> aBrokenLogBreaksItsRules() {
        return BrokenEventLogs.all();
    }

    @ParameterizedTest
    @MethodSource
    void aBrokenLogBreaksItsRules(Mutant<EventStoreFixture> mutant) {
        breaks(KitRun.ofLog(mutant.made().get()), LOG_RULES.get(mutant.name()));
    }

    static Stream<Mutant<Function<String, Store>>> aBrokenProjectionStoreBreaksItsRules() {
        return BrokenProjectionStores.all();
    }

    @ParameterizedTest
    @MethodSource
    void aBrokenProjectionStoreBreaksItsRules(Mutant<Function<String, Store>> mutant) {
        breaks(KitRun.ofProjections(mutant.made().get()), PROJECTION_RULES.get(mutant.name()));
    }

    static Stream<Mutant<HealthRegistryFixture>> aBrokenHealthRegistryBreaksItsRules() {
        return BrokenHealthRegistries.all();
    }

    @ParameterizedTest
    @MethodSource
    void aBrokenHealthRegistryBreaksItsRules(Mutant<HealthRegistryFixture> mutant) {
        breaks(KitRun.ofHealth(mutant.made().get()), HEALTH_RULES.get(mutant.name()));
    }

    private static void breaks(KitRun run, Set<String> rules) {
        assertThat(run.broken())
                .as("the rules that were broken; what failed:%s", run.failures())
                .isEqualTo(rules);
    }

    @Test
    void whoKeepsAllRulesPassesEveryTestAndNoneIsSkipped() {
        for (KitRun run : Arrays.asList(
                KitRun.ofStore(new InMemoryFixture()),
                KitRun.ofLog(new InMemoryFixture()),
                KitRun.ofProjections(ForwardingStore.stores(right -> right)))) {
            assertThat(run.broken()).as(run.failures()).isEmpty();
            assertThat(run.succeeded()).isEqualTo(run.started()).isGreaterThan(50);
        }
    }

    @Test
    void aHealthRegistryThatKeepsAllRulesPassesEveryTestAndNoneIsSkipped() {
        KitRun run = KitRun.ofHealth(ForwardingRegistry::new);

        assertThat(run.broken()).as(run.failures()).isEmpty();
        assertThat(run.succeeded()).isEqualTo(run.started()).isGreaterThan(25);
    }

    @Test
    void aFixtureThatDeclaresNoTraitPassesToo() {
        EventStoreFixture plain = new PlainFixture();

        for (KitRun run : Arrays.asList(KitRun.ofStore(plain), KitRun.ofLog(plain))) {
            assertThat(run.broken()).as(run.failures()).isEmpty();
            assertThat(run.succeeded()).isEqualTo(run.started()).isGreaterThan(50);
        }
    }

    @Test
    void everyRuleIsBrokenBySomebody() {
        assertThat(KitRun.ofStore(new InMemoryFixture()).tested()).isEqualTo(union(STORE_RULES));
        Set<String> logRules = union(LOG_RULES);
        logRules.add(OF_THE_ENGINE);
        assertThat(KitRun.ofLog(new InMemoryFixture()).tested()).isEqualTo(logRules);
        assertThat(KitRun.ofProjections(ForwardingStore.stores(right -> right)).tested())
                .isEqualTo(union(PROJECTION_RULES));
        assertThat(KitRun.ofHealth(ForwardingRegistry::new).tested()).isEqualTo(union(HEALTH_RULES));
    }

    private static Set<String> union(Map<String, Set<String>> rules) {
        return rules.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }
}
