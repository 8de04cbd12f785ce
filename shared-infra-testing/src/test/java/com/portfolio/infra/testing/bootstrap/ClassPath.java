package com.portfolio.infra.testing.bootstrap;

import com.portfolio.infra.utilities.bootstrap.AdapterProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;

/** A class path on which there are these providers, and no others. */
final class ClassPath extends URLClassLoader {

    private static final String SERVICES = "META-INF/services/";

    private final Path folder;

    private ClassPath(Path folder) throws IOException {
        super(new URL[] {folder.toUri().toURL()}, ClassPath.class.getClassLoader());
        this.folder =
                Files.createDirectories(folder.resolve(SERVICES)).getParent().getParent();
    }

    static ClassPath in(Path folder) throws IOException {
        return new ClassPath(folder);
    }

    ClassPath with(Class<? extends AdapterProvider<?>> kind, String... names) throws IOException {
        Files.write(folder.resolve(SERVICES + kind.getName()), Arrays.asList(names));
        return this;
    }

    ClassPath with(Class<? extends AdapterProvider<?>> kind, Class<?>... providers) throws IOException {
        return with(kind, Arrays.stream(providers).map(Class::getName).toArray(String[]::new));
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.startsWith(SERVICES + AdapterProvider.class.getPackageName())
                ? findResources(name)
                : super.getResources(name);
    }
}
