package com.portfolio.infra.examples.readme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page with Java in it.
 *
 * <p>What its snippets take for granted, as their reader does, is declared in {@code guides/<page>.txt} among the
 * resources, or in {@code guides/any.txt}.
 *
 * @param name the page's path, from the root of the project on
 */
record Guide(String name, List<String> snippets) {

    private static final Path ROOT = Path.of("..");
    private static final Pattern SNIPPET = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern NEXT_PART = Pattern.compile("\n\n(?=\\S)");
    private static final Pattern FIELD = Pattern.compile("static .* (\\w+);");
    private static final Pattern MEMBER =
            Pattern.compile("(@|public |private |static |sealed |class |interface |record |void )(?s).*");

    private static final String IMPORTS = """
            import static org.assertj.core.api.Assertions.assertThat;

            import com.fasterxml.jackson.annotation.*;
            import com.portfolio.infra.examples.accounts.*;
            import com.portfolio.infra.kafka.*;
            import com.portfolio.infra.neon.*;
            import com.portfolio.infra.ports.event.*;
            import com.portfolio.infra.ports.eventstore.*;
            import com.portfolio.infra.ports.health.*;
            import com.portfolio.infra.ports.messaging.*;
            import com.portfolio.infra.ports.projection.*;
            import com.portfolio.infra.testing.*;
            import com.portfolio.infra.testing.contract.*;
            import com.portfolio.infra.testing.memory.*;
            import com.portfolio.infra.testing.server.*;
            import com.portfolio.infra.testing.server.FaultyProxy.Direction;
            import com.portfolio.infra.utilities.bootstrap.*;
            import com.portfolio.infra.utilities.configuration.*;
            import com.portfolio.infra.utilities.connection.*;
            import com.portfolio.infra.utilities.eventing.*;
            import com.portfolio.infra.utilities.health.*;
            import com.portfolio.infra.utilities.secrets.*;
            import com.portfolio.infra.utilities.serialization.*;
            import java.nio.file.Path;
            import java.sql.Connection;
            import java.time.Clock;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.CompletableFuture;
            import java.util.function.Consumer;
            import javax.sql.DataSource;
            import org.junit.jupiter.api.Test;
            """;

    /** Every page of the project that has Java in it. */
    static List<Guide> all() throws IOException {
        List<Guide> found = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            for (Path page : Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                List<String> snippets = SNIPPET.matcher(Files.readString(page))
                        .results()
                        .map(snippet -> snippet.group(1))
                        .toList();
                if (!snippets.isEmpty()) {
                    found.add(new Guide(ROOT.relativize(page).toString().replace('\\', '/'), snippets));
                }
            }
        }
        return found;
    }

    /** A class that compiles if the snippet does: declarations become its members, statements a method's. */
    String source(String snippet) {
        StringBuilder members = new StringBuilder();
        StringBuilder statements = new StringBuilder();
        for (String part : parts(snippet)) {
            (MEMBER.matcher(part).matches() ? members : statements).append(part).append('\n');
        }
        String declared = members.toString().replace("public final class", "static final class");
        return IMPORTS + "final class Guide {\n" + given(declared) + declared + "void snippet() throws Exception {\n"
                + statements + "}\n}\n";
    }

    private static List<String> parts(String snippet) {
        return NEXT_PART.splitAsStream(snippet.replace("{ … }", "{}")).toList();
    }

    /** Without what the snippet declares itself. */
    private String given(String declared) {
        return resource()
                .lines()
                .filter(line -> !isOwn(line, declared))
                .map(line -> line + "\n")
                .reduce("", String::concat);
    }

    private static boolean isOwn(String given, String declared) {
        Matcher field = FIELD.matcher(given);
        return field.matches()
                ? declared.contains(" " + field.group(1) + " = ")
                : given.endsWith("{}") && declared.contains(given);
    }

    private String resource() {
        String page = name.substring(name.lastIndexOf('/') + 1, name.lastIndexOf('.'));
        try (InputStream own = Guide.class.getResourceAsStream("/guides/" + page + ".txt");
                InputStream any = Guide.class.getResourceAsStream("/guides/any.txt")) {
            return new String((own == null ? any : own).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
