package com.portfolio.infra.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresDatabaseTest {

    private static final PostgresDatabase DATABASE =
            new PostgresDatabase("127.0.0.1", 5433, "or ders", "a@b", "hunter2:w/?%+", Map.of("sslmode", "require"));

    @Test
    void aUrlOfLibpqIsReadAsItWasWritten() {
        assertThat(DATABASE.libpqUrl())
                .isEqualTo("postgresql://a%40b:hunter2%3Aw%2F%3F%25%2B@127.0.0.1:5433/or%20ders?sslmode=require");
        assertThat(PostgresDatabase.parse(DATABASE.libpqUrl())).isEqualTo(DATABASE);
    }

    @Test
    void aUrlOfJdbcIsReadWithTheCredentialsAmongItsParameters() {
        assertThat(PostgresDatabase.parse(
                        "jdbc:postgresql://db.example/orders?user=me&password=hunter2&sslmode=require"))
                .isEqualTo(new PostgresDatabase(
                        "db.example", 5432, "orders", "me", "hunter2", Map.of("sslmode", "require")));
    }

    @Test
    void theUrlForJdbcHoldsNoCredentialAndUsesTheDriversNames() {
        assertThat(DATABASE.with("channel_binding", "require").jdbcUrl())
                .isEqualTo("jdbc:postgresql://127.0.0.1:5433/or%20ders?channelBinding=require&sslmode=require");
    }

    @Test
    void neitherTextNorErrorShowsThePassword() {
        assertThat(DATABASE).hasToString("PostgresDatabase[a@b@127.0.0.1:5433/or ders]");
        assertThatThrownBy(() -> PostgresDatabase.parse("postgresql://me:se cret@host/db"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .message()
                .doesNotContain("cret");
        assertThatThrownBy(() -> PostgresDatabase.parse("postgresql://me:hunter2@host"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void anotherNameRoleOrAddressLeavesTheRestAsItIs() {
        assertThat(DATABASE.named("other").as("you", "pw").through(new InetSocketAddress("localhost", 6432)))
                .isEqualTo(new PostgresDatabase("localhost", 6432, "other", "you", "pw", Map.of("sslmode", "require")));
    }
}
