package com.portfolio.infra.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java on every page compiles. */
class GuidesCompileTest {

    /** Each snippet of these stands in a class that is run: ReadmeTest, MiddlewareGuideTest, ResilienceGuideTest. */
    private static final Set<String> RUN_ELSEWHERE = Set.of("README.md", "docs/middleware.md", "docs/resilience.md");

    /** As is the first of this one: BootstrapGuideTest. */
    private static final String FIRST_IS_RUN = "docs/bootstrap.md";

    @TempDir
    private Path classes;

    static Stream<Guide> compiledHere() throws IOException {
        return Guide.all().stream().filter(guide -> !RUN_ELSEWHERE.contains(guide.name()));
    }

    @ParameterizedTest
    @MethodSource("compiledHere")
    void itsSnippetsCompile(Guide guide) throws Exception {
        for (int i = guide.name().equals(FIRST_IS_RUN) ? 1 : 0;
                i < guide.snippets().size();
                i++) {
            String source = guide.source(guide.snippets().get(i));
            assertThat(problems(source))
                    .as("%s, snippet %d:%n%s", guide, i + 1, source)
                    .isEmpty();
        }
    }

    @Test
    void pagesThatAreRunElsewhereAreThere() throws IOException {
        assertThat(Guide.all().stream().map(Guide::name).collect(Collectors.toSet()))
                .containsAll(RUN_ELSEWHERE)
                .contains(FIRST_IS_RUN);
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
