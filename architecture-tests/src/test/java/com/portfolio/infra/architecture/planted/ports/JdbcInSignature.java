package com.portfolio.infra.architecture.planted.ports;

import java.sql.Connection;

public interface JdbcInSignature {
    void accept(Connection connection);
}
