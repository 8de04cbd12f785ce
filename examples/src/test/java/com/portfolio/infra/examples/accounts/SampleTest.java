package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void theSampleThatShipsIsWhatItsGeneratorWrites() throws Exception {
        try (InputStream in = CommandSource.sample().in()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .as("after a change of SampleGenerator run its main in the module's folder")
                    .isEqualTo(String.join("\n", SampleGenerator.lines()) + "\n");
        }
    }

    @Test
    void theSampleHasTenThousandCommandsOrMore() {
        assertThat(SampleGenerator.lines()).hasSizeGreaterThanOrEqualTo(10_000);
    }
}
