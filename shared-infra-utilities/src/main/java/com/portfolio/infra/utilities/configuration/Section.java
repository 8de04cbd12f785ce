package com.portfolio.infra.utilities.configuration;

/** What variables are about, in the order in which they are documented. */
enum Section {
    GENERAL("The configuration itself"),
    EVENT_STORE("Event store"),
    PROJECTIONS("Projections"),
    DATABASE("Database of event store, projections and schema registry"),
    MESSAGE_BUS("Message bus"),
    KAFKA("Kafka"),
    REDIS("Redis"),
    CLOUDFLARE("Cloudflare"),
    SCHEMA_REGISTRY("Schema registry"),
    HEALTH("Health checks"),
    RESILIENCE("Resilience"),
    SECRETS("Secrets");

    private final String title;

    Section(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
