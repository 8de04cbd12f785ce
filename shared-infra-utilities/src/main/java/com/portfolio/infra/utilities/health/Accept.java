package com.portfolio.infra.utilities.health;

import java.util.List;
import java.util.Locale;

/** What a client would rather read, by its {@code Accept} headers (RFC 9110, section 12.5.1). */
final class Accept {

    private Accept() {}

    /**
     * Whether HTML is asked for by name, and more than JSON. Browsers do that; who takes anything, as tools and probes
     * do, is given JSON.
     */
    static boolean prefersHtml(List<String> headers) {
        double html = 0;
        double json = 0;
        for (String header : headers) {
            for (String range : header.split(",", -1)) {
                String[] parts = range.split(";", -1);
                switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
                    case "text/html", "application/xhtml+xml" -> html = Math.max(html, quality(parts));
                    case "application/json", HealthJson.TYPE -> json = Math.max(json, quality(parts));
                    default -> {}
                }
            }
        }
        return html > json;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    // Not a number, so not a wish.
                    return 0;
                }
            }
        }
        return 1;
    }
}
