package com.portfolio.infra.architecture.planted.kafka;

import org.postgresql.PGConnection;

public interface KnowsAForeignDriver {
    void accept(PGConnection connection);
}
