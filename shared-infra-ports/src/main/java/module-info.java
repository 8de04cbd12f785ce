/** Ports and values of shared-infra. */
module com.portfolio.infra.ports {
    requires static transitive org.jspecify;

    exports com.portfolio.infra.ports;
    exports com.portfolio.infra.ports.event;
    exports com.portfolio.infra.ports.eventstore;
    exports com.portfolio.infra.ports.health;
    exports com.portfolio.infra.ports.messaging;
    exports com.portfolio.infra.ports.projection;
    exports com.portfolio.infra.ports.schema;
}
