package com.portfolio.infra.utilities.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes assignments as programs write them, each with the same secret in its value, and text of any kind. */
class RedactionOfRandomTextTest {

    private static final String SECRET = "swordfish";

    private static final int TEXTS = 20_000;

    private static final List<String> NAMES =
            List.of("password", "apiKey", "passwords", "client-secret", "Authorization", "credentials.x", "DB_TOKEN");

    private static final List<String> ASSIGNS = List.of("=", ":", ": ", " = ", " => ");

    private static final List<String> SEPARATORS = List.of(", ", " ", "; ", "&", "\n", "} ");

    /** What may stand in quotation marks. */
    private static final List<String> ANYTHING = List.of(
            "a",
            " ",
            "[",
            "]",
            "{",
            "}",
            "(",
            "\"",
            "'",
            "\\",
            ",",
            "&",
            ";",
            "@",
            "://",
            "\n",
            "password=",
            "token: [");

    /** What neither ends a bare value nor begins one in marks or brackets. */
    private static final List<String> BARE = List.of("a", ",", ";", "(", "@", "/", "-", "token=");

    private static final List<String> PIECES = List.of(
            "password",
            "token",
            "authorization",
            "Basic ",
            "Bearer ",
            "=",
            ":",
            "\"",
            "'",
            "\\",
            "[",
            "]",
            "{",
            "}",
            "a",
            "abcdefg",
            " ",
            ",",
            "&",
            ";",
            ")",
            "\n",
            "://",
            "@",
            "***",
            SECRET);

    private Random random = new Random(0);

    @ParameterizedTest
    @ValueSource(longs = {1, 20260101, -7})
    void noSecretInAValueIsLeft(long seed) {
        random = new Random(seed);
        for (int i = 0; i < TEXTS; i++) {
            String text = assignments();
            String redacted = Redaction.redact(text);
            assertThat(redacted).as("seed %d, %s", seed, text).doesNotContain(SECRET);
            assertThat(Redaction.redact(redacted)).as("seed %d, %s", seed, text).isEqualTo(redacted);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20260101, -7})
    void anyTextThatIsRedactedTwiceIsAsIfRedactedOnce(long seed) {
        random = new Random(seed);
        for (int i = 0; i < TEXTS; i++) {
            String text = some(PIECES, 1 + random.nextInt(14));
            String redacted = Redaction.redact(text);
            assertThat(Redaction.redact(redacted)).as("seed %d, %s", seed, text).isEqualTo(redacted);
        }
    }

    private String assignments() {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "{" : "");
        for (int i = random.nextInt(3); i >= 0; i--) {
            text.append(assignment());
        }
        return text.toString();
    }

    private String assignment() {
        String quote = one(List.of("", "\"", "'"));
        String name = one(NAMES);
        String text = quote + name + quote + one(ASSIGNS) + value(0);
        // As it is, in a string, and in a string of a string.
        for (int depth = random.nextInt(3); depth > 0; depth--) {
            text = escaped(text);
        }
        // All that is on the line may belong to the value, and so may a mark that opens one of several lines.
        return text + (name.equals("Authorization") ? "\n" : one(SEPARATORS));
    }

    private String value(int depth) {
        List<Supplier<String>> kinds = List.of(this::quoted, this::bare, () -> list(depth), () -> map(depth));
        return one(depth < 4 ? kinds : kinds.subList(0, 2)).get();
    }

    private String quoted() {
        String mark = random.nextBoolean() ? "\"" : "'";
        return mark + escaped(around(ANYTHING)) + mark;
    }

    private String bare() {
        return "a" + around(BARE);
    }

    private String list(int depth) {
        return "[" + value(depth + 1) + (random.nextBoolean() ? ", " + value(depth + 1) : "") + "]" + rest();
    }

    private String map(int depth) {
        return "{\"a\": " + value(depth + 1) + (random.nextBoolean() ? ", b=" + value(depth + 1) : "") + "}" + rest();
    }

    /** What goes on after a closing bracket. */
    private String rest() {
        return random.nextInt(4) == 0 ? "x" + SECRET : "";
    }

    private String around(List<String> pieces) {
        return some(pieces, random.nextInt(5)) + SECRET + some(pieces, random.nextInt(5));
    }

    private static String escaped(String text) {
        return text.replaceAll("([\\\\\"'])", "\\\\$1");
    }

    private String some(List<String> pieces, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(one(pieces));
        }
        return text.toString();
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
