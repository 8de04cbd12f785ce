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

    /** Whether all hosts of a URL are, read by hand as passwords need not be encoded well. */
    static boolean isUrl(String url) {
        String authority = url.substring(url.indexOf("://") + 3);
        authority = authority.substring(authority.lastIndexOf('@') + 1).replaceFirst("[/?#].*", "");
        return Arrays.stream(authority.split(",", -1))
                .map(address -> address.replaceFirst(":\\d*$", ""))
                .allMatch(Loopback::isHost);
    }
}
