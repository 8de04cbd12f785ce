package com.portfolio.infra.testing.server;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where this library's classes come from, with all beside them: what another JVM that runs them needs. */
final class JvmClassPath {

    private JvmClassPath() {}

    /** As the JVM was told, and as class loaders within it were: build tools run programs in a loader of their own. */
    static String current() {
        Set<String> entries = new LinkedHashSet<>();
        @Nullable ClassLoader loader = JvmClassPath.class.getClassLoader();
        while (loader != null) {
            if (loader instanceof URLClassLoader urls) {
                for (URL url : urls.getURLs()) {
                    addFile(entries, url);
                }
            }
            loader = loader.getParent();
        }
        entries.addAll(Arrays.asList(System.getProperty("java.class.path", "").split(File.pathSeparator, -1)));
        entries.removeIf(String::isBlank);
        return String.join(File.pathSeparator, entries);
    }

    private static void addFile(Set<String> entries, URL url) {
        try {
            if (url.getProtocol().equals("file")) {
                entries.add(Path.of(url.toURI()).toString());
            }
        } catch (URISyntaxException e) {
            throw new EmbeddedServerException("The class path has '" + url + "', which is no file.", e);
        }
    }
}
