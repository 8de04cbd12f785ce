package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.PercentEncoding;
import com.portfolio.infra.neon.internal.Problems;
import com.portfolio.infra.neon.internal.UrlParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a connection string by hand: {@link java.net.URI} refuses passwords that consoles hand out, and
 * quotes them in its messages.
 *
 * <p>No problem quotes a piece of the string whose meaning is in doubt: where the password was not
 * encoded, any piece may be a part of it.
 */
final class NeonUrlParser {

    private static final String ENCODE = "; in a user or password the characters / ? % @ : must be percent-encoded";

    private final String url;
    private final Problems problems = new Problems("The database URL");
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private @Nullable String user;
    private @Nullable String password;
    private String host = "";
    private int port = NeonUrl.DEFAULT_PORT;
    private String database = "";

    NeonUrlParser(String url) {
        this.url = url.strip();
    }

    NeonUrl parse() {
        String rest = withoutScheme();
        if (rest != null) {
            int query = rest.indexOf('?');
            String beforeQuery = query < 0 ? rest : rest.substring(0, query);
            int path = beforeQuery.indexOf('/');
            readAuthority(path < 0 ? beforeQuery : beforeQuery.substring(0, path));
            readDatabase(path < 0 ? "" : beforeQuery.substring(path + 1));
            readParameters(query < 0 ? "" : rest.substring(query + 1));
            takeCredentialsFromParameters();
            problems.require(user != null && !user.isEmpty(), "has no user");
            checkTls();
            checkPooler();
        }
        problems.throwIfAny();
        return url();
    }

    private NeonUrl url() {
        return new NeonUrl(host, port, database, user == null ? "" : user, password, parameters);
    }

    private @Nullable String withoutScheme() {
        for (String scheme : new String[] {"jdbc:postgresql://", "postgresql://", "postgres://"}) {
            if (url.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return url.substring(scheme.length());
            }
        }
        problems.add("must begin with postgresql://, postgres:// or jdbc:postgresql://");
        return null;
    }

    private void readAuthority(String authority) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String userInfo = authority.substring(0, at);
            int colon = userInfo.indexOf(':');
            user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon), "a user");
            password = colon < 0 ? null : decoded(userInfo.substring(colon + 1), "a password");
        }
        readHostAndPort(authority.substring(at + 1));
    }

    private void readHostAndPort(String hostAndPort) {
        if (hostAndPort.indexOf(',') >= 0) {
            problems.add("names more than one host");
            return;
        }
        int closing = hostAndPort.startsWith("[") ? hostAndPort.indexOf(']') : -1;
        String afterHost;
        if (closing > 0) {
            host = hostAndPort.substring(1, closing);
            afterHost = hostAndPort.substring(closing + 1);
        } else {
            int colon = hostAndPort.indexOf(':');
            host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
            afterHost = colon < 0 ? "" : hostAndPort.substring(colon);
        }
        if (host.isEmpty()) {
            problems.add("has no host");
        } else if (!host.matches(closing > 0 ? "[0-9A-Fa-f:.%]+" : "[A-Za-z0-9._-]+")) {
            problems.add("has a host that is neither a name nor an address" + ENCODE);
        }
        readPort(afterHost);
    }

    private void readPort(String colonAndPort) {
        if (colonAndPort.isEmpty()) {
            return;
        }
        boolean number = colonAndPort.matches(":\\d{1,5}");
        int value = number ? Integer.parseInt(colonAndPort.substring(1)) : 0;
        if (value < 1 || value > 65_535) {
            problems.add("has a port that is not a number from 1 to 65535" + ENCODE);
        } else {
            port = value;
        }
    }

    private void readDatabase(String path) {
        if (path.isEmpty()) {
            problems.add("has no database");
        } else if (path.indexOf('/') >= 0 || path.indexOf('@') >= 0) {
            problems.add("has a database whose name holds / or @" + ENCODE);
        } else {
            database = decoded(path, "a database");
        }
    }

    private void readParameters(String query) {
        if (query.indexOf('@') >= 0) {
            problems.add("has an @ after the ?" + ENCODE);
            return;
        }
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (!parameter.isEmpty()) {
                String name = equals < 0 ? parameter : parameter.substring(0, equals);
                readParameter(name, equals < 0 ? "" : parameter.substring(equals + 1));
            }
        }
    }

    private void readParameter(String name, String encodedValue) {
        if (!name.matches("[A-Za-z_]{1,40}")) {
            problems.add("has a parameter whose name is not one" + ENCODE);
            return;
        }
        String driverName = UrlParameters.driverName(name);
        if (driverName == null) {
            problems.add("has the parameter '" + name + "', which is unknown");
            return;
        }
        String value = UrlParameters.driverValue(driverName, decoded(encodedValue, "the parameter '" + name + "'"));
        String problem = UrlParameters.problem(name, driverName, value);
        if (problem != null) {
            problems.add(problem);
        } else if (parameters.putIfAbsent(driverName, value) != null) {
            problems.add("has the parameter '" + name + "' twice");
        }
    }

    private void takeCredentialsFromParameters() {
        String userParameter = parameters.remove("user");
        String passwordParameter = parameters.remove("password");
        problems.require(userParameter == null || user == null, "names a user twice");
        problems.require(passwordParameter == null || password == null, "holds a password twice");
        user = user == null ? userParameter : user;
        password = password == null ? passwordParameter : password;
    }

    private void checkTls() {
        boolean plain = "disable".equals(parameters.get("sslmode"));
        problems.require(
                !(plain && "require".equals(parameters.get("channelBinding"))),
                "requires channel binding, which is a part of TLS, but disables TLS");
        problems.require(
                !(plain && "direct".equals(parameters.get("sslNegotiation"))),
                "asks for direct TLS negotiation but disables TLS");
    }

    /** PgBouncer refuses them; what Neon's proxy takes out of the options before is no matter. */
    private void checkPooler() {
        if (url().pooled()) {
            problems.require(
                    !parameters.containsKey("currentSchema")
                            && parameters.getOrDefault("options", "").matches("(endpoint=[A-Za-z0-9-]*)?"),
                    "has the parameter 'options' or 'currentSchema', which a pooler refuses; use the direct address");
        }
    }

    private String decoded(String encoded, String what) {
        String text = PercentEncoding.decode(encoded);
        if (text == null || text.indexOf('\0') >= 0) {
            problems.add(
                    "has " + what + " with a % that is not followed by two hexadecimal digits of well-formed text");
            return "";
        }
        return text;
    }
}
