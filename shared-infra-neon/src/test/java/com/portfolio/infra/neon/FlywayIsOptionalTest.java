package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlywayIsOptionalTest {

    /** The class path of this test, but for Flyway. */
    private static URLClassLoader withoutFlyway() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (!entry.contains("flyway")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    @Test
    void withoutFlywayTheSchemasScriptsCanStillBeHadAndMigratingSaysWhatIsMissing() throws Exception {
        PostgresDatabase postgres = Postgres.shared().createDatabase();
        try (URLClassLoader loader = withoutFlyway()) {
            Class<?> schemaType = loader.loadClass(NeonSchema.class.getName());
            Class<?> urlType = loader.loadClass(NeonUrl.class.getName());
            Class<?> settingsType = loader.loadClass(NeonSettings.class.getName());
            Object url = urlType.getMethod("parse", String.class).invoke(null, postgres.libpqUrl());
            Object settings = settingsType.getMethod("alwaysOn").invoke(null);
            Object schema = schemaType.getConstructor(urlType, settingsType).newInstance(url, settings);

            assertThat((List<?>) schemaType.getMethod("scripts", String.class).invoke(null, "infra"))
                    .hasSize(NeonSchema.scripts("infra").size());
            assertThatExceptionOfType(InvocationTargetException.class)
                    .isThrownBy(() -> schemaType.getMethod("migrate").invoke(schema))
                    .havingCause()
                    .isInstanceOf(IllegalStateException.class)
                    .withMessageContaining("Flyway is not on the class path")
                    .withMessageContaining("NeonSchema.scripts()");
        } finally {
            Postgres.shared().dropDatabase(postgres);
        }
    }
}
