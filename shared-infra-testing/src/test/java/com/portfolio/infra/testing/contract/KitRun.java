package com.portfolio.infra.testing.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.ports.projection.QueryableProjectionStore;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs a kit inside of a test, and tells which rules were broken. */
final class KitRun {

    private static final Pattern RULE = Pattern.compile("([a-z]{2})(\\d+)_.+");

    // JUnit makes the instances, so that what they run on has to stand somewhere; one run at a time.
    private static volatile @Nullable EventStoreFixture events;
    private static volatile @Nullable Function<String, ? extends Store> projections;
    private static volatile @Nullable HealthRegistryFixture health;

    private final Events tests;

    private KitRun(EngineExecutionResults results) {
        this.tests = results.testEvents();
    }

    /** A store that keeps the rules of all projection kits, or breaks some. */
    interface Store extends CheckpointedProjectionStore<KitDocument>, QueryableProjectionStore<KitDocument> {}

    static class StoreKit extends EventStoreContract {

        @Override
        protected EventStoreFixture fixture() {
            return present(events);
        }
    }

    static class LogKit extends EventLogContract {

        @Override
        protected EventStoreFixture fixture() {
            return present(events);
        }
    }

    static class ProjectionKit extends CheckpointedProjectionStoreContract<Store> {

        @Override
        protected Store store(String projection) {
            return present(projections).apply(projection);
        }
    }

    static class HealthKit extends HealthRegistryContract {

        @Override
        protected HealthRegistryFixture fixture() {
            return present(health);
        }
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("The kit was not given anything to run on.");
        }
        return value;
    }

    static synchronized KitRun ofStore(EventStoreFixture fixture) {
        events = fixture;
        return run(StoreKit.class);
    }

    static synchronized KitRun ofLog(EventStoreFixture fixture) {
        events = fixture;
        return run(LogKit.class);
    }

    static synchronized KitRun ofProjections(Function<String, ? extends Store> stores) {
        projections = stores;
        return run(ProjectionKit.class);
    }

    static synchronized KitRun ofHealth(HealthRegistryFixture fixture) {
        health = fixture;
        return run(HealthKit.class);
    }

    private static KitRun run(Class<?> kit) {
        return new KitRun(EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(kit))
                .execute());
    }

    /** The rules of which a test failed. */
    Set<String> broken() {
        return rules(tests.failed());
    }

    /** The rules of which a test ran. */
    Set<String> tested() {
        return rules(tests.started());
    }

    long started() {
        return tests.started().count();
    }

    long succeeded() {
        return tests.succeeded().count();
    }

    /** What failed, for the message of a test. */
    String failures() {
        StringBuilder text = new StringBuilder();
        tests.failed().stream()
                .forEach(event -> text.append('\n')
                        .append(method(event.getTestDescriptor()))
                        .append(": ")
                        .append(event.getPayload(TestExecutionResult.class)
                                .flatMap(TestExecutionResult::getThrowable)
                                .map(failure -> String.valueOf(failure)
                                        .lines()
                                        .limit(8)
                                        .toList()
                                        .toString())
                                .orElse("")));
        return text.toString();
    }

    private static Set<String> rules(Events some) {
        Set<String> rules = new TreeSet<>();
        some.stream()
                .map(Event::getTestDescriptor)
                .map(KitRun::method)
                .map(KitRun::rule)
                .forEach(rules::add);
        return rules;
    }

    private static String method(TestDescriptor test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .orElse(test.getDisplayName());
    }

    private static String rule(String method) {
        Matcher rule = RULE.matcher(method);
        if (!rule.matches()) {
            throw new AssertionError("Test " + method + " is not named after a rule.");
        }
        return rule.group(1).toUpperCase(Locale.ROOT) + "." + rule.group(2);
    }
}
