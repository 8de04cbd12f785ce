package com.portfolio.infra.neon.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

class SqlFailureTest {

    private static PSQLException fromTheServer(String severity, String state, String message) {
        return new PSQLException(
                new ServerErrorMessage("S" + severity + "\0C" + state + "\0M" + message + "\0Fpostgres.c\0"));
    }

    /** Neon's proxy names no source file. */
    private static PSQLException fromTheProxy(String message) {
        return new PSQLException(new ServerErrorMessage("SERROR\0CXX000\0M" + message + "\0"));
    }

    private static boolean passes(SQLException e) {
        return SqlFailure.of(e).isTransient();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08000", "08001", "08003", "08006", "08P01", "40001", "40P01", "53300", "57014", "57P01", "57P02",
                "57P03", "25P03"
            })
    void whatComesAndGoesPasses(String state) {
        assertThat(passes(fromTheServer("ERROR", state, "x"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08004", "28P01", "28000", "3D000", "3F000", "42P01", "42883", "42501", "22021", "23505", "25006",
                "XX000", "XX001", "0A000"
            })
    void whatIsWrongStaysWrong(String state) {
        assertThat(passes(fromTheServer("ERROR", state, "x"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Couldn't connect to compute node",
                "Failed to acquire permit to connect to the database. Too many database connection attempts are"
                        + " currently ongoing.",
                "Too many connections to the same endpoint",
                "Control plane request failed",
                "Your endpoint is temporarily unavailable. Check your quotas and/or contact our support."
            })
    void whatTheProxySaysOfAComputeThatIsComingPasses(String message) {
        assertThat(passes(fromTheProxy(message))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password authentication failed for user 'app'",
                "Endpoint ID is not specified. Either please upgrade the postgres client library (libpq) for SNI support",
                "The requested endpoint could not be found, or you don't have access to it.",
                "The endpoint has been disabled. Enable it using the API and retry.",
                "This IP address 10.0.0.1 is not allowed to connect to this endpoint."
            })
    void whatTheProxySaysOfAWrongAddressOrPasswordStays(String message) {
        assertThat(passes(fromTheProxy(message))).isFalse();
    }

    @Test
    void thePoolsExceptionIsLookedThrough() {
        SQLException wrongPassword = new SQLTransientConnectionException(
                "neon-shop - Connection is not available, request timed out after 20000ms",
                fromTheServer("FATAL", "28P01", "password authentication failed for user \"app\""));
        SQLException starting = new SQLTransientConnectionException(
                "neon-shop - Connection is not available", fromTheServer("FATAL", "57P03", "starting up"));
        SQLException full = new SQLTransientConnectionException("neon-shop - Connection is not available");

        assertThat(passes(wrongPassword)).isFalse();
        assertThat(SqlFailure.of(wrongPassword).message()).contains("password authentication failed");
        assertThat(passes(starting)).isTrue();
        assertThat(passes(full)).isTrue();
    }

    @Test
    void anInterruptedWaitPasses() {
        assertThat(passes(new SQLException("Interrupted during connection acquisition", new InterruptedException())))
                .isTrue();
    }

    @Test
    void aCertificateThatIsNotTrustedStaysAndABrokenHandshakePasses() {
        SSLHandshakeException notTrusted = new SSLHandshakeException("PKIX path building failed");
        notTrusted.initCause(new CertificateException("x"));
        SSLHandshakeException broken = new SSLHandshakeException("Remote host terminated the handshake");
        broken.initCause(new EOFException());

        assertThat(passes(new PSQLException("SSL error", PSQLState.CONNECTION_FAILURE, notTrusted)))
                .isFalse();
        assertThat(passes(new PSQLException("SSL error", PSQLState.CONNECTION_FAILURE, broken)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ERROR,42501", "ERROR,40P01", "ERROR,57014", "ERROR,XX000", "ERROR,23505", "FEHLER,42501"})
    void aRefusalOfTheServerIsAnAnswer(String severity, String state) {
        assertThat(SqlFailure.of(fromTheServer(severity, state, "x")).refusedByServer())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"57P01", "57P02", "57P03", "08P01", "08006", "25P03", "58000"})
    void aServerThatEndsTheSessionLeavesTheOutcomeInDoubt(String state) {
        assertThat(SqlFailure.of(fromTheServer("FATAL", state, "x")).refusedByServer())
                .isFalse();
    }

    /** The record of a commit that could not be flushed may be replayed by the recovery. */
    @ParameterizedTest
    @CsvSource({"PANIC,53100", "PANIC,XX000", "FATAL,53200", "FATAL,XX000"})
    void whateverTheReasonAServerThatEndsTheSessionLeavesTheOutcomeInDoubt(String severity, String state) {
        assertThat(SqlFailure.of(fromTheServer(severity, state, "x")).refusedByServer())
                .isFalse();
    }

    @Test
    void aParameterThatThePoolerDoesNotTakeStays() {
        assertThat(passes(fromTheServer("FATAL", "08P01", "unsupported startup parameter: search_path")))
                .isFalse();
    }

    @Test
    void anUnknownHostIsNamedAlthoughTheDriverNamesItInTheCauseOnly() {
        PSQLException unknown = new PSQLException(
                "The connection attempt failed.",
                PSQLState.CONNECTION_UNABLE_TO_CONNECT,
                new UnknownHostException("nobody.invalid"));

        assertThat(SqlFailure.of(unknown).message())
                .isEqualTo("The connection attempt failed. [unknown host: nobody.invalid] (SQLSTATE 08001)");
    }

    @Test
    void aLostConnectionAndTheProxyLeaveTheOutcomeInDoubt() {
        PSQLException lost = new PSQLException(
                "An I/O error occurred while sending to the backend.",
                PSQLState.CONNECTION_FAILURE,
                new IOException("x"));

        assertThat(SqlFailure.of(lost).refusedByServer()).isFalse();
        assertThat(SqlFailure.of(new SQLException("x")).refusedByServer()).isFalse();
        assertThat(SqlFailure.of(fromTheProxy("Couldn't connect to compute node"))
                        .refusedByServer())
                .isFalse();
    }

    @Test
    void noCredentialIsInAMessage() {
        SQLException chatty = new SQLException(
                "could not parse postgresql://app:swordfish@db/shop?password=swordfish&x=1"
                        + "\n  with password: 'swordfish'",
                "08001");

        assertThat(SqlFailure.of(chatty).message())
                .isEqualTo("could not parse postgresql://app:***@db/shop?password=***&x=1 with password: '***'"
                        + " (SQLSTATE 08001)");
    }

    @Test
    void aRefusedLoginIsToldApartAlsoWhenTheProxyOfNeonRefusesIt() {
        assertThat(SqlFailure.of(fromTheServer("FATAL", "28P01", "password authentication failed for user \"app\""))
                        .refusesLogin())
                .isTrue();
        assertThat(SqlFailure.of(fromTheServer("ERROR", "XX000", "Password authentication failed for user 'app'"))
                        .refusesLogin())
                .isTrue();
        assertThat(SqlFailure.of(fromTheServer("ERROR", "XX000", "Couldn't connect to compute node"))
                        .refusesLogin())
                .isFalse();
        assertThat(SqlFailure.of(fromTheServer("FATAL", "57P01", "terminating connection"))
                        .refusesLogin())
                .isFalse();
    }
}
