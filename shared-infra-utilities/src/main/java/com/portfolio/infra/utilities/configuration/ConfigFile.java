package com.portfolio.infra.utilities.configuration;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The file with further variables. */
final class ConfigFile {

    static final String ORIGIN = "file of CONFIG_FILE";

    private ConfigFile() {}

    static Map<String, String> read(Path path, String origin, Problems problems) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add("CONFIG_FILE (" + origin + ") must name a file in the properties format and in UTF-8");
            return Map.of();
        }
        if (properties.containsKey(Variables.CONFIG_FILE.name())) {
            problems.add("CONFIG_FILE (" + ORIGIN + ") can't name a further file");
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), name -> properties.getProperty(name, "")));
    }
}
