package com.portfolio.infra.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {

    private static final Modules MODULES = Modules.bySource();

    private static final Rules RULES = new Rules(MODULES);

    private static final JavaClasses PUBLISHED = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // Not published: what every test is run with.
            .withImportOption(location -> !location.contains("/test-records/"))
            .importPackages("com.portfolio.infra");

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aModuleKnowsOnlyWhomItMay(PublishedModule module) {
        RULES.knowsOnlyItsOwn(module).check(PUBLISHED);
    }

    @Test
    void portsAreFreeOfJdbc() {
        RULES.portsAreFreeOfJdbc().check(PUBLISHED);
    }

    @Test
    void packagesAreFreeOfCycles() {
        RULES.packagesAreFreeOfCycles().check(PUBLISHED);
    }

    @Test
    void packagesAreNullMarked() {
        RULES.packagesAreNullMarked().check(PUBLISHED);
    }

    @Test
    void publicNamesOccurOnce() {
        RULES.publicNamesOccurOnce().check(PUBLISHED);
    }

    @Test
    void exceptionsTellWhatTheyWereMadeWith() {
        RULES.exceptionsTellWhatTheyWereMadeWith().check(PUBLISHED);
    }

    @Test
    void everyClassBelongsToAModule() {
        assertThat(PUBLISHED).allSatisfy(type -> assertThat(MODULES.of(type)).isPresent());
    }

    @Test
    void everyModuleOfTheBomIsLookedAt() throws Exception {
        String bom = Files.readString(Path.of("..", "shared-infra-bom", "pom.xml"));
        assertThat(Pattern.compile("<artifactId>(shared-infra-(?!bom|parent)[a-z-]+)</artifactId>")
                        .matcher(bom)
                        .results()
                        .map(match -> match.group(1)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(PublishedModule.values())
                        .map(PublishedModule::artifactId)
                        .toList());
        assertThat(PUBLISHED.stream().map(MODULES::of).flatMap(Optional::stream))
                .contains(PublishedModule.values());
    }
}
