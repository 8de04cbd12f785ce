package com.portfolio.infra.utilities.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicrometerIsOptionalTest {

    /** The class path of this test, but for Micrometer's meters. */
    private static URLClassLoader withoutMeters() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (!entry.contains("micrometer-core")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    @Test
    void poolsAreOpenedAndLookedAtByFrameworksWithoutTheMetersOfMicrometer() throws Exception {
        try (URLClassLoader loader = withoutMeters()) {
            assertThatExceptionOfType(ClassNotFoundException.class)
                    .isThrownBy(() -> loader.loadClass("io.micrometer.core.instrument.MeterRegistry"));
            Class<?> sourceType = loader.loadClass(ConnectionSource.class.getName());
            Class<?> settingsType = loader.loadClass(PoolSettings.class.getName());
            Class<?> managerType = loader.loadClass(ConnectionManager.class.getName());
            Object away = Proxy.newProxyInstance(loader, new Class<?>[] {sourceType}, (proxy, method, args) -> {
                if (method.getName().equals("connect")) {
                    throw new SQLException("nobody is there");
                }
                return method.isDefault()
                        ? java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, args)
                        : "nowhere";
            });

            assertThat(managerType.getMethods()).isNotEmpty();
            try (AutoCloseable manager =
                    (AutoCloseable) managerType.getConstructor().newInstance()) {
                Object pool = managerType
                        .getMethod("open", String.class, settingsType, sourceType)
                        .invoke(
                                manager,
                                "reports",
                                settingsType.getMethod("alwaysOn").invoke(null),
                                away);
                assertThat(pool).hasToString("pool 'reports'");
            }
        }
    }
}
