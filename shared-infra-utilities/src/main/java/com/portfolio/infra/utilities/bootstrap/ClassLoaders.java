package com.portfolio.infra.utilities.bootstrap;

import java.util.Objects;

/** Where providers are looked for. */
final class ClassLoaders {

    private ClassLoaders() {}

    /** That of the current thread, as {@link java.util.ServiceLoader} does; without one, that of this library. */
    static ClassLoader usual() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread != null ? ofThread : Objects.requireNonNull(ClassLoaders.class.getClassLoader());
    }
}
