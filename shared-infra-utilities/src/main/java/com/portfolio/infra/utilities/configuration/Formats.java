package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.utilities.secrets.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The ways in which values are written. */
final class Formats {

    private static final Pattern BROKER = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+):(\\d{1,5})");

    private Formats() {}

    private interface Reader<T> {
        T read(String text) throws NotAllowedException;
    }

    private record Described<T>(String allowed, Reader<T> reader) implements Format<T> {

        @Override
        public T read(String text) throws NotAllowedException {
            return reader.read(text);
        }
    }

    /** Text of a pattern. */
    static Format<String> text(String allowed, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return new Described<>(
                allowed, text -> checked(text, compiled.matcher(text).matches()));
    }

    /** Whole numbers. */
    static Format<Integer> number(int min, int max) {
        return new Described<>("a whole number from " + min + " to " + max, text -> {
            if (!text.matches("\\d{1,9}")) {
                throw new NotAllowedException();
            }
            int number = Integer.parseInt(text);
            return checked(number, number >= min && number <= max);
        });
    }

    /** Times. */
    static Format<Duration> duration(String min, String max) {
        Duration shortest = known(min);
        Duration longest = known(max);
        String allowed = "a time from " + min + " to " + max + ", such as 500ms, 3s, 5m or PT3S";
        return new Described<>(allowed, text -> {
            Duration duration = Durations.parse(text);
            return checked(duration, duration.compareTo(shortest) >= 0 && duration.compareTo(longest) <= 0);
        });
    }

    private static Duration known(String text) {
        try {
            return Durations.parse(text);
        } catch (NotAllowedException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Yes or no. */
    static Format<Boolean> flag() {
        return new Described<>("true or false", text -> {
            String lower = text.toLowerCase(Locale.ROOT);
            return checked(lower.equals("true"), lower.equals("true") || lower.equals("false"));
        });
    }

    /** One of a closed set, in any case, with {@code -} or {@code _}. */
    static <E extends Enum<E>> Format<E> choice(Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        return new Described<>(
                list(constants),
                text -> constants.stream()
                        .filter(constant -> word(constant)
                                .equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
                        .findFirst()
                        .orElseThrow(NotAllowedException::new));
    }

    /** How a constant is written. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String list(List<? extends Enum<?>> constants) {
        List<String> words = constants.stream().map(Formats::word).toList();
        int last = words.size() - 1;
        return words.subList(0, last).stream().collect(Collectors.joining(", ")) + " or " + words.get(last);
    }

    /** A file that can be read. */
    static Format<Path> file() {
        return path("the path of a file that can be read", path -> Files.isRegularFile(path) && Files.isReadable(path));
    }

    /** A directory. */
    static Format<Path> directory() {
        return path(
                "the path of a directory that can be read", path -> Files.isDirectory(path) && Files.isReadable(path));
    }

    private static Format<Path> path(String allowed, Predicate<Path> fits) {
        return new Described<>(allowed, text -> {
            try {
                Path path = Path.of(text);
                return checked(path, fits.test(path));
            } catch (InvalidPathException e) {
                throw new NotAllowedException();
            }
        });
    }

    /** An address without credentials. */
    static Format<URI> httpUrl() {
        return new Described<>("a URL that begins with https:// or http:// and holds no user and no password", text -> {
            try {
                URI uri = new URI(text);
                boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
                return checked(uri, http && uri.getHost() != null && uri.getRawUserInfo() == null);
            } catch (URISyntaxException e) {
                throw new NotAllowedException();
            }
        });
    }

    /** Hosts and ports, separated by commas. */
    static Format<List<String>> brokers() {
        return new Described<>("one or more of host:port, separated by commas", text -> {
            List<String> brokers = new ArrayList<>();
            for (String broker : text.split(",", -1)) {
                var matcher = BROKER.matcher(broker.strip());
                boolean fits = matcher.matches() && Integer.parseInt(matcher.group(2)) <= 65_535;
                brokers.add(checked(broker.strip(), fits));
            }
            return List.copyOf(brokers);
        });
    }

    /** Names, separated by commas. */
    static Format<List<String>> names() {
        return new Described<>(
                "names of variables, separated by commas",
                text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    /** Any text, kept secret. */
    static Format<Secret> secret() {
        return new Described<>("text", Secret::of);
    }

    /** A URL that may hold credentials, with one of these beginnings. */
    static Format<Secret> secretUrl(String... beginnings) {
        String allowed = "a URL that begins with " + String.join(" or ", beginnings);
        return new Described<>(allowed, text -> {
            String url = text.strip();
            boolean fits = Arrays.stream(beginnings)
                    .anyMatch(beginning -> url.length() > beginning.length()
                            && url.regionMatches(true, 0, beginning, 0, beginning.length()));
            return checked(Secret.of(url), fits);
        });
    }

    private static <T> T checked(T value, boolean fits) throws NotAllowedException {
        if (!fits) {
            throw new NotAllowedException();
        }
        return value;
    }
}
