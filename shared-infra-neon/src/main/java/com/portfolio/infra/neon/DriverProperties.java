package com.portfolio.infra.neon;

import com.portfolio.infra.neon.NeonSettings.PreparedStatements;
import com.portfolio.infra.neon.NeonSettings.TlsPolicy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;

/** What pgjdbc is told to open a connection: the URL's parameters, and safe values for what it leaves out. */
final class DriverProperties {

    private static final String VERIFY_FULL = "verify-full";
    private static final String TRUSTS_EVERYBODY = "org.postgresql.ssl.NonValidatingFactory";
    private static final String JVM_TRUST_STORE = "org.postgresql.ssl.DefaultJavaSSLFactory";

    private DriverProperties() {}

    /** The driver's URL, which holds neither user nor password. */
    static String jdbcUrl(NeonUrl url) {
        String host = url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
        String database = URLEncoder.encode(url.database(), StandardCharsets.UTF_8);
        return "jdbc:postgresql://" + host + ":" + url.port() + "/" + database;
    }

    static Properties of(NeonUrl url, NeonSettings settings) {
        Properties properties = new Properties();
        properties.putAll(url.parameters());
        properties.setProperty("user", url.user());
        url.password().ifPresent(password -> properties.setProperty("password", password));
        properties.putIfAbsent("connectTimeout", seconds(settings.connectTimeout()));
        properties.putIfAbsent("loginTimeout", seconds(settings.connectTimeout().multipliedBy(2)));
        properties.putIfAbsent("socketTimeout", seconds(settings.socketTimeout()));
        properties.putIfAbsent("tcpKeepAlive", "true");
        properties.putIfAbsent("ApplicationName", "shared-infra");
        // The detail of an error quotes the values of rows, which belong in no message.
        properties.putIfAbsent("logServerErrorDetail", "false");
        properties.putIfAbsent("prepareThreshold", prepares(url, settings) ? "1" : "0");
        tls(url, settings.tls(), properties);
        return properties;
    }

    private static boolean prepares(NeonUrl url, NeonSettings settings) {
        return settings.preparedStatements() == PreparedStatements.ON
                || (settings.preparedStatements() == PreparedStatements.UNLESS_POOLED && !url.pooled());
    }

    private static void tls(NeonUrl url, TlsPolicy policy, Properties properties) {
        String written = properties.getProperty("sslmode", "");
        boolean plain = written.equals("disable");
        boolean verify = policy == TlsPolicy.VERIFY && !url.loopback() && !plain;
        if (verify) {
            properties.remove("sslfactory", TRUSTS_EVERYBODY);
            properties.remove("sslhostnameverifier");
        }
        // Like libpq: whoever names the system's authorities wants them asked.
        boolean ofTheSystem = properties.getProperty("sslrootcert", "").equals("system") && !plain;
        if (ofTheSystem || (verify && !written.equals("verify-ca"))) {
            properties.setProperty("sslmode", VERIFY_FULL);
        } else if (written.isEmpty() && "require".equals(properties.getProperty("channelBinding"))) {
            properties.setProperty("sslmode", "require");
        }
        properties.remove("sslrootcert", "system");
        boolean ownFiles = properties.containsKey("sslrootcert") || properties.containsKey("sslcert");
        if (properties.getProperty("sslmode", "").startsWith("verify") && !ownFiles) {
            properties.putIfAbsent("sslfactory", JVM_TRUST_STORE);
        }
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}
