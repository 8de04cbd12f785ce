package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Java of a guide, which stands in a test, and so is compiled and run. */
final class GuideSnippets {

    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BLANK_LINE = Pattern.compile("\n\n");

    private GuideSnippets() {}

    /**
     * How many there are.
     *
     * @throws AssertionError if a part of one, between blank lines, stands nowhere in the test
     */
    static int foundIn(Class<?> test, Path guide) throws IOException {
        Path source = Path.of("src/test/java", test.getName().replace('.', '/') + ".java");
        String there = withoutBlanks(Files.readString(source));
        Matcher snippets = SNIPPET.matcher(Files.readString(guide));
        int found = 0;
        while (snippets.find()) {
            BLANK_LINE
                    .splitAsStream(snippets.group(1))
                    .forEach(part -> assertThat(there).contains(withoutBlanks(part)));
            found++;
        }
        return found;
    }

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\s", "");
    }
}
