package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/contracts.md names for each rule the kits that test it, and no others. */
class ContractsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "contracts.md");
    private static final Path KITS =
            Path.of("src/main/java", ContractsPageTest.class.getPackageName().replace('.', '/'));
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]{2}\\.\\d+) \\|.*\\| ([^|]+) \\|");
    private static final Pattern KIT = Pattern.compile("`(\\w+)`");
    private static final Pattern TEST = Pattern.compile("([a-z]{2})(\\d+)_.+");

    @Test
    void eachRuleNamesTheKitsThatTestIt() throws Exception {
        Map<String, Set<String>> shown = shown();
        Map<String, Set<String>> tested = tested();

        assertThat(shown).containsAllEntriesOf(tested);
        shown.keySet().removeAll(tested.keySet());
        assertThat(shown.values()).allMatch(Set::isEmpty);
    }

    /** The kits that the page names, by rule; none where a rule is tested elsewhere, or not built yet. */
    private static Map<String, Set<String>> shown() throws IOException {
        Map<String, Set<String>> kits = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                List<String> named = KIT.matcher(row.group(2))
                        .results()
                        .map(kit -> kit.group(1))
                        .toList();
                kits.put(row.group(1), new TreeSet<>(named));
            }
        }
        return kits;
    }

    /** The kits that have tests of a rule, by rule. */
    private static Map<String, Set<String>> tested() throws IOException, ClassNotFoundException {
        List<String> names;
        try (Stream<Path> files = Files.list(KITS)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Contract.java"))
                    .map(file -> file.substring(0, file.length() - ".java".length()))
                    .toList();
        }
        Map<String, Set<String>> kits = new TreeMap<>();
        for (String name : names) {
            Class<?> kit = Class.forName(ContractsPageTest.class.getPackageName() + "." + name);
            Arrays.stream(kit.getDeclaredMethods())
                    .map(method -> TEST.matcher(method.getName()))
                    .filter(Matcher::matches)
                    .map(test -> test.group(1).toUpperCase(Locale.ROOT) + "." + test.group(2))
                    .forEach(rule ->
                            kits.computeIfAbsent(rule, any -> new TreeSet<>()).add(name));
        }
        return kits;
    }
}
