package com.portfolio.infra.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytePatternTest {

    private static int find(String pattern, String... pieces) {
        BytePattern search = new BytePattern(pattern.getBytes(StandardCharsets.UTF_8));
        int before = 0;
        for (String piece : pieces) {
            int end = search.endIn(piece.getBytes(StandardCharsets.UTF_8));
            if (end >= 0) {
                return before + end;
            }
            before += piece.length();
        }
        return -1;
    }

    @Test
    void aPatternIsFoundAcrossPieces() {
        assertThat(find("COMMIT", "xxCOM", "MIT!")).isEqualTo(8);
        assertThat(find("aab", "aa", "a", "b")).isEqualTo(4);
        assertThat(find("aab", "aa", "ca")).isEqualTo(-1);
    }

    @Test
    void whateverTheTextAndItsPiecesThePatternIsFoundWhereItFirstEnds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 20_000; run++) {
            String pattern = text(random, 1 + random.nextInt(5));
            String text = text(random, random.nextInt(30));
            int split = random.nextInt(text.length() + 1);
            int start = text.indexOf(pattern);
            assertThat(find(pattern, text.substring(0, split), text.substring(split)))
                    .as("seed %d: '%s' in '%s' split at %d", seed, pattern, text, split)
                    .isEqualTo(start < 0 ? -1 : start + pattern.length());
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(2)));
        }
        return text.toString();
    }
}
