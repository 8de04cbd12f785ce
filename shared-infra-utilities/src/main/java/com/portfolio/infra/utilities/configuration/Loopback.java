package com.portfolio.infra.utilities.configuration;

import java.util.Arrays;
import java.util.List;

/** Tells which addresses are this machine. */
final class Loopback {

    private Loopback() {}

    static boolean isHost(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return bare.equalsIgnoreCase("localhost") || bare.equals("::1") || bare.matches("127(\\.\\d{1,3}){3}");
    }

    /** Whether all of several {@code host:port} are. */
    static boolean areAll(List<String> hostsAndPorts) {
        return hostsAndPorts.stream().allMatch(address -> isHost(address.substring(0, address.lastIndexOf(':'))));
    }

    /**
     * Whether all hosts of a URL are. Passwords need not be encoded well: one may hold a slash, so that the host stands after
     * the last {@code @}; but an {@code @} may also stand in a parameter, after the host. Where the two ways to read it
     * disagree it is not this machine.
     */
    static boolean isUrl(String url) {
        String rest = url.substring(url.indexOf("://") + 3);
        String authority = rest.replaceFirst("(?s)[/?#].*", "");
        return areHosts(rest.substring(rest.lastIndexOf('@') + 1).replaceFirst("(?s)[/?#].*", ""))
                && areHosts(authority.substring(authority.lastIndexOf('@') + 1));
    }

    private static boolean areHosts(String authority) {
        return Arrays.stream(authority.split(",", -1))
                .map(address -> address.replaceFirst(":\\d*$", ""))
                .allMatch(Loopback::isHost);
    }
}
