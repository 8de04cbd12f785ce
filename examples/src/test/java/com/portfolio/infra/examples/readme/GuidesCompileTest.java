package com.portfolio.infra.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java in the guides compiles. What a snippet takes for granted, as its reader does, is declared here. */
class GuidesCompileTest {

    private static final Pattern SNIPPET = Pattern.compile("(?s)```java\n(.*?)```");

    private static final String IMPORTS = """
            import com.fasterxml.jackson.annotation.*;
            import com.portfolio.infra.examples.accounts.*;
            import com.portfolio.infra.neon.*;
            import com.portfolio.infra.ports.event.*;
            import com.portfolio.infra.ports.eventstore.*;
            import com.portfolio.infra.ports.health.*;
            import com.portfolio.infra.ports.messaging.*;
            import com.portfolio.infra.ports.projection.*;
            import com.portfolio.infra.testing.memory.*;
            import com.portfolio.infra.utilities.bootstrap.*;
            import com.portfolio.infra.utilities.configuration.*;
            import com.portfolio.infra.utilities.connection.*;
            import com.portfolio.infra.utilities.eventing.*;
            import com.portfolio.infra.utilities.health.*;
            import com.portfolio.infra.utilities.secrets.*;
            import com.portfolio.infra.utilities.serialization.*;
            import java.nio.file.Path;
            import java.sql.Connection;
            import java.util.*;
            import java.util.function.Consumer;
            import javax.sql.DataSource;
            """;

    private static final String GIVEN = """
            static InfrastructureConfig config;
            static EventCodec codec;
            static SecretManager secrets;
            static ConnectionManager connections;
            static DataSource driver;
            static NeonUrl url;
            static NeonSettings settings;
            static NeonEventStore store;
            static String databaseUrl;
            static String ownersUrl;
            static Connection connection;
            static List<DomainEvent> events;
            static Vault client;
            static NeonDatabase database;
            static CatchUpSubscription subscription;
            static HealthCheckRegistry health;
            static HealthServer server;
            static Alarms alarms;

            interface Alarms { void send(String name, HealthStatus status); }

            interface Vault { void login(String token); }

            record ReportRepository(DataSource reports) {}

            record Account(String status, java.math.BigDecimal balance) {}

            record Card(String number) implements Means {}

            record Transfer(String account) implements Means {}

            sealed interface AccountEvent extends DomainEvent permits Opened, Closed {}

            record Opened(String owner, String currency) implements AccountEvent {}

            record Closed() implements AccountEvent {}

            static void insertOrder(Connection connection) {}
            """;

    /** For the one that shows the bootstrap's own records, and an adapter of one's own. */
    private static final String GIVEN_FOR_BOOTSTRAP = """
            static InfrastructureConfig config;
            static EventCodec codec;

            record MyDatabase(InfrastructureConfig config) { HealthResult health() { return HealthResult.up(); } }

            static class MyEventStore implements EventStore {
                MyEventStore(MyDatabase database, EventCodec codec) {}
                public AppendResult append(AppendRequest request) { return null; }
                public StreamPage read(StreamQuery query) { return null; }
            }

            static class MyEventLog implements EventLog {
                MyEventLog(MyDatabase database) {}
                public LogPage read(LogQuery query) { return null; }
                public boolean awaitBeyond(Position position, java.time.Duration timeout) { return false; }
                public Position head() { return null; }
                public LogId id() { return null; }
            }
            """;

    private static final String MEANS = "sealed interface Means permits Card, Transfer {}\n";

    @TempDir
    private Path classes;

    @ParameterizedTest
    @ValueSource(strings = {"bootstrap", "configuration", "connections", "health", "neon", "secrets", "serialization"})
    void itsSnippetsCompile(String guide) throws Exception {
        List<String> snippets = snippets(guide);
        assertThat(snippets).isNotEmpty();
        for (int i = 0; i < snippets.size(); i++) {
            String source = source(guide, snippets.get(i));
            assertThat(problems(source))
                    .as("%s, snippet %d:%n%s", guide, i + 1, source)
                    .isEmpty();
        }
    }

    /** The first of the bootstrap's is compiled, and run, as a class of its own. */
    private static List<String> snippets(String guide) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher matcher = SNIPPET.matcher(Files.readString(Path.of("..", "docs", guide + ".md")));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return guide.equals("bootstrap") ? found.subList(1, found.size()) : found;
    }

    private static String source(String guide, String snippet) {
        boolean declares = snippet.startsWith("public final class") || snippet.startsWith("@JsonTypeInfo");
        String body = snippet.replace("{ … }", "{}");
        String code = declares
                ? body.replace("public final class", "static final class")
                : "static void snippet() throws Exception {\n" + body + "}\n";
        String given = guide.equals("bootstrap") ? GIVEN_FOR_BOOTSTRAP : GIVEN;
        String means = guide.equals("bootstrap") || snippet.contains("sealed interface Means") ? "" : MEANS;
        return IMPORTS + "final class Guide {\n" + given + means + code + "}\n";
    }

    private List<String> problems(String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> options =
                List.of("-classpath", System.getProperty("java.class.path"), "-d", classes.toString(), "-proc:none");
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Guide.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        boolean compiled = compiler.getTask(null, null, diagnostics, options, null, List.of(file))
                .call();
        return compiled
                ? List.of()
                : diagnostics.getDiagnostics().stream().map(Object::toString).toList();
    }
}
