package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions that append guard themselves: not everything that calls them need be this library. */
class AppendFunctionsTest {

    private static final String INVALID_PARAMETER = "22023";
    private static final String FIRST = "00000000-0000-7000-8000-000000000001";
    private static final String SECOND = "00000000-0000-7000-8000-000000000002";

    private final PostgresDatabase postgres = TestDatabases.create();

    @AfterEach
    void drop() {
        Postgres.shared().dropDatabase(postgres);
    }

    private int number(String sql) throws SQLException {
        try (Connection connection = TestDatabases.asApplication(postgres).connect();
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static String append(int expected, String ids) {
        return "SELECT (infra.append_v1('s-1', %d, %s, '{t,t}', '{1,1}', '{x,x}', '{x,x}'))[1]"
                .formatted(expected, ids);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'[5:6]={" + FIRST + "," + SECOND + "}', '{t,t}', '{1,1}', '{x,x}', '{x,x}'",
                "'{{" + FIRST + "," + SECOND + "}}', '{t,t}', '{1,1}', '{x,x}', '{x,x}'",
                "'{" + FIRST + "," + SECOND + "}', '{t}', '{1,1}', '{x,x}', '{x,x}'",
                "'{" + FIRST + "," + SECOND + "}', '{t,t}', '{1,1,1}', '{x,x}', '{x,x}'",
                "'{" + FIRST + "," + SECOND + "}', '{t,t}', '{1,1}', '{x}', '{x,x}'",
                "'{" + FIRST + "," + SECOND + "}', '{t,t}', '{1,1}', '{x,x}', '{x}'"
            })
    void arraysThatDoNotFitTogetherAreRefused(String arrays) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> number("SELECT (infra.append_v1('s-1', -1, " + arrays + "))[1]"))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(INVALID_PARAMETER));
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, false", "-1, true", "1, true", "-2, true"})
    void anIdThatStandsTwiceInAnAppendIsRefused(int expected, boolean exists) throws SQLException {
        if (exists) {
            number("SELECT (infra.append_one_v1('s-1', 0, '" + FIRST + "', 't', 1, 'x', 'x'))[1]");
        }

        assertThat(number(append(expected, "ARRAY['" + SECOND + "', '" + SECOND + "']::uuid[]")))
                .isEqualTo(3);
        assertThat(number("SELECT count(*) FROM infra.events")).isEqualTo(exists ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0})
    void idsInAnyOrderAreStoredAndRecognised(int expected) throws SQLException {
        String descending = "ARRAY['" + SECOND + "', '" + FIRST + "']::uuid[]";

        assertThat(number(append(expected, descending))).isZero();
        assertThat(number(append(expected, descending))).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM infra.events")).isEqualTo(2);
    }

    /** Compared pair by pair, ids in no order took seconds: here a minute, for one append. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0})
    void aLargeAppendOfIdsInNoOrderIsQuick(int expected) throws SQLException {
        int many = 40_000;
        String append = "SET statement_timeout = '20s'; SELECT infra.append_v1('s-1', " + expected
                + ", ARRAY(SELECT gen_random_uuid() FROM generate_series(1, %1$d)), array_fill('t'::text, ARRAY[%1$d]),"
                        .formatted(many)
                + " array_fill(1, ARRAY[%1$d]), array_fill('x'::text, ARRAY[%1$d]), array_fill('x'::text, ARRAY[%1$d]))"
                        .formatted(many);

        postgres.execute(append);

        assertThat(number("SELECT count(DISTINCT version) FROM infra.events")).isEqualTo(many);
    }

    /** The quick insert of a new stream must see what the careful way sees. */
    @Test
    void anAppendOfOneAtAnyVersionMakesTheStreamOrExtendsIt() throws SQLException {
        String append = "SELECT a[1] * 100 + a[2] FROM infra.append_one_v1('s-1', -1, '%s', 't', 1, 'x', 'x') AS f (a)";

        int[] answers = IntStream.of(
                        number(append.formatted(SECOND)),
                        number(append.formatted(FIRST)),
                        number(append.formatted(SECOND)))
                .toArray();

        assertThat(answers).containsExactly(1, 2, 101);
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> number(append.formatted(FIRST).replace("'s-1'", "''")))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(INVALID_PARAMETER));
    }
}
