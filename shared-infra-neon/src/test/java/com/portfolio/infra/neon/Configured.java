package com.portfolio.infra.neon;

import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.configuration.ConfigurationManager;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** Configurations as a service's environment would give them. */
final class Configured {

    private Configured() {}

    static InfrastructureConfig by(String... namesAndValues) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return ConfigurationManager.builder()
                .environment(environment)
                .systemProperties(Map.of())
                .load();
    }

    static InfrastructureConfig postgres(PostgresDatabase database, String... more) {
        return postgres(database.libpqUrl(), more);
    }

    static InfrastructureConfig postgres(String url, String... more) {
        String[] all = new String[more.length + 6];
        all[0] = "EVENT_STORE_PROVIDER";
        all[1] = "postgres";
        all[2] = "DATABASE_URL";
        all[3] = url;
        all[4] = "DB_POOL_SIZE";
        all[5] = "4";
        System.arraycopy(more, 0, all, 6, more.length);
        return by(all);
    }
}
