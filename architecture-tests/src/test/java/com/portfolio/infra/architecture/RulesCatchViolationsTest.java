package com.portfolio.infra.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rule that catches nothing would be green for ever: the violations in {@code planted} must be found. */
class RulesCatchViolationsTest {

    private static final String PLANTED = RulesCatchViolationsTest.class.getPackageName() + ".planted";

    private static final Rules RULES = new Rules(RulesCatchViolationsTest::plantedModule);

    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(PLANTED);

    @Test
    void portsThatKnowAVendor() {
        assertFound(RULES.knowsOnlyItsOwn(PublishedModule.PORTS), "VendorInSignature", "ObjectMapper");
    }

    @Test
    void portsThatKnowJdbc() {
        assertFound(RULES.portsAreFreeOfJdbc(), "JdbcInSignature", "java.sql.Connection");
    }

    @Test
    void utilitiesThatKnowAnAdapter() {
        assertFound(RULES.knowsOnlyItsOwn(PublishedModule.UTILITIES), "KnowsAnAdapter", "planted.neon.KnowsASibling");
    }

    @Test
    void anAdapterThatKnowsAnother() {
        assertFound(RULES.knowsOnlyItsOwn(PublishedModule.NEON), "KnowsASibling", "planted.kafka.KnowsAForeignDriver");
    }

    @Test
    void anAdapterThatKnowsTheDriverOfAnother() {
        assertFound(RULES.knowsOnlyItsOwn(PublishedModule.KAFKA), "KnowsAForeignDriver", "org.postgresql");
    }

    @Test
    void testingThatKnowsAnAdapter() {
        assertFound(RULES.knowsOnlyItsOwn(PublishedModule.TESTING), "KnowsAnAdapter", "planted.neon.KnowsASibling");
    }

    @Test
    void aModuleWithoutClasses() {
        assertThatThrownBy(() -> RULES.knowsOnlyItsOwn(PublishedModule.REDIS).check(CLASSES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed to check any classes");
    }

    @Test
    void packagesInACycle() {
        assertFound(RULES.packagesAreFreeOfCycles(), "cycle.one", "cycle.two");
    }

    @Test
    void aPackageThatIsNotNullMarked() {
        ArchRule rule = RULES.packagesAreNullMarked();
        assertFound(rule, PLANTED + ".kafka is not @NullMarked");
        assertThat(rule.evaluate(CLASSES).getFailureReport().toString()).doesNotContain(PLANTED + ".neon ");
    }

    @Test
    void aPublicNameInTwoPackages() {
        assertFound(
                RULES.publicNamesOccurOnce(),
                "KnowsAnAdapter is the name of",
                "planted.testing.KnowsAnAdapter",
                "planted.utilities.KnowsAnAdapter");
    }

    @Test
    void anExceptionThatMakesItsMessageUpLater() {
        assertFound(
                RULES.exceptionsTellWhatTheyWereMadeWith(),
                "TellsSomethingElse.getMessage() makes up another text",
                "TellsSomethingElse.toString() makes up another text");
    }

    private static void assertFound(ArchRule rule, String... words) {
        assertThatThrownBy(() -> rule.check(CLASSES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(words);
    }

    private static Optional<PublishedModule> plantedModule(JavaClass type) {
        return Arrays.stream(PublishedModule.values())
                .filter(module -> type.getPackageName().equals(PLANTED + "." + name(module)))
                .findFirst();
    }

    private static String name(PublishedModule module) {
        return module.name().toLowerCase(Locale.ROOT);
    }
}
