package com.portfolio.infra.testing.server;

/** What a {@link KafkaServer} listens with. */
enum KafkaListener {
    CONTROLLER("PLAINTEXT"),
    PLAIN("PLAINTEXT"),
    SASL("SASL_PLAINTEXT"),
    TLS("SSL"),
    SASL_TLS("SASL_SSL");

    private final String protocol;

    KafkaListener(String protocol) {
        this.protocol = protocol;
    }

    String protocol() {
        return protocol;
    }

    boolean asksForUsers() {
        return this == SASL || this == SASL_TLS;
    }

    boolean isEncrypted() {
        return this == TLS || this == SASL_TLS;
    }
}
