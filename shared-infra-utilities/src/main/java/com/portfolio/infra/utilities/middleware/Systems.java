package com.portfolio.infra.utilities.middleware;

/** The technology behind a port, where nobody says which. */
final class Systems {

    static final String UNKNOWN = "unknown";

    private Systems() {}
}
