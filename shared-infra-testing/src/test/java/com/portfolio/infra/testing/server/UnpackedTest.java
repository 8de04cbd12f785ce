package com.portfolio.infra.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedTest {

    @TempDir
    private Path directory;

    private Path home;
    private Path program;

    @BeforeEach
    void unpack() throws IOException {
        home = directory.resolve("root");
        program = Files.createDirectories(home.resolve("usr/sbin")).resolve("program");
        Files.writeString(program, "whole");
        new Unpacked(home).seal();
    }

    @Test
    void whatIsCompleteIsUsed() throws IOException {
        assertThat(Unpacked.firstUsable(home)).isEqualTo(new Unpacked(home));
        assertThat(new Unpacked(home).isComplete()).isTrue();
    }

    @Test
    void whereAFileIsMissingAnotherDirectoryIsNamedAndTheFirstIsLeftAlone() throws IOException {
        Path other = Files.writeString(home.resolve("usr/other"), "also");
        new Unpacked(home).seal();
        Files.delete(program);

        Unpacked usable = Unpacked.firstUsable(home);

        assertThat(usable.home()).isEqualTo(directory.resolve("root-2"));
        assertThat(usable.isMissing()).isTrue();
        assertThat(other).exists();
    }

    @Test
    void whatWasNeverFinishedOrIsCutShortIsNotUsed() throws IOException {
        Files.writeString(program, "half");
        Files.createDirectories(directory.resolve("root-2"));

        assertThat(Unpacked.firstUsable(home).home()).isEqualTo(directory.resolve("root-3"));
    }
}
