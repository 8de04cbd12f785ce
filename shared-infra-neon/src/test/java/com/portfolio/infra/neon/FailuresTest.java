package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.neon.internal.SqlFailure;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    @ParameterizedTest
    @ValueSource(strings = {"42P05", "26000"})
    void whoMeetsAPoolerThatKeepsNoTrackOfStatementsIsToldWhatToSet(String state) {
        SqlFailure failure = SqlFailure.of(new SQLException("prepared statement \"S_1\"", state));

        assertThat(Failures.eventStore("append", failure)).hasMessageContaining("preparedStatements(OFF)");
        assertThat(Failures.projectionStore("save", failure)).hasMessageContaining("preparedStatements(OFF)");
    }
}
