package com.portfolio.infra.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgBouncerProgramTest {

    @TempDir
    private Path directory;

    @AfterEach
    void forgetTheProperty() {
        System.clearProperty(PgBouncerServer.PROGRAM_PROPERTY);
    }

    @Test
    void aProgramThatIsMissingIsNamedTogetherWithHowToInstallIt() {
        System.setProperty(PgBouncerServer.PROGRAM_PROPERTY, "/nowhere/pgbouncer");

        assertThatThrownBy(PgBouncerProgram::find)
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContainingAll(
                        "/nowhere/pgbouncer", "apt-get install pgbouncer", PgBouncerServer.PROGRAM_PROPERTY);
    }

    @Test
    void whereItIsNotInstalledItIsBroughtFromThePackagesOrTheErrorSaysWhatToInstall() {
        if (Command.works(List.of("apt-cache", "show", "pgbouncer"))) {
            PgBouncerProgram program = PgBouncerProgram.fromPackages(directory.resolve("cache"));

            assertThat(versionOf(program)).startsWith("PgBouncer 1.");
            assertThat(program.command()).anyMatch(part -> part.startsWith(directory.toString()));
            assertThat(PgBouncerProgram.fromPackages(directory.resolve("cache")))
                    .isEqualTo(program);
        } else {
            assertThatThrownBy(() -> PgBouncerProgram.fromPackages(directory.resolve("cache")))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContainingAll("apt-get install pgbouncer", "could not be brought along");
        }
    }

    private String versionOf(PgBouncerProgram program) {
        List<String> command = new ArrayList<>(program.command());
        command.add("--version");
        return Command.run(directory, command).output();
    }
}
