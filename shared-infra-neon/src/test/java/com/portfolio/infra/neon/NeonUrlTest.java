package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.portfolio.infra.neon.NeonSettings.PreparedStatements;
import com.portfolio.infra.neon.NeonSettings.TlsPolicy;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeonUrlTest {

    private static final String FROM_THE_CONSOLE =
            "postgresql://app:hunter2%40%2Fet@ep-cool-darkness-a1-pooler.eu-central-1"
                    + ".aws.neon.tech/shop?sslmode=require&channel_binding=require";

    private static Properties properties(String url) {
        return DriverProperties.of(NeonUrl.parse(url), NeonSettings.alwaysOn());
    }

    private static String problem(String url) {
        try {
            NeonUrl.parse(url);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("The URL was taken.");
    }

    @Test
    void aStringFromNeonsConsoleIsTakenAsItIs() {
        NeonUrl url = NeonUrl.parse(FROM_THE_CONSOLE);

        assertThat(url.host()).isEqualTo("ep-cool-darkness-a1-pooler.eu-central-1.aws.neon.tech");
        assertThat(url.port()).isEqualTo(5432);
        assertThat(url.database()).isEqualTo("shop");
        assertThat(url.user()).isEqualTo("app");
        assertThat(url.password()).contains("hunter2@/et");
        assertThat(url.pooled()).isTrue();
        assertThat(url.parameters()).containsEntry("channelBinding", "require");
    }

    @Test
    void theAddressPastThePoolerIsTheSameWithoutItsSuffix() {
        NeonUrl direct = NeonUrl.parse(FROM_THE_CONSOLE).direct();

        assertThat(direct.host()).isEqualTo("ep-cool-darkness-a1.eu-central-1.aws.neon.tech");
        assertThat(direct.pooled()).isFalse();
        assertThat(direct.password()).contains("hunter2@/et");
        assertThat(direct.direct()).isSameAs(direct);
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "postgresql://app:hunter2@db.example.com:6432/shop",
                "postgres://app:hunter2@db.example.com:6432/shop",
                "POSTGRESQL://app:hunter2@db.example.com:6432/shop",
                " jdbc:postgresql://db.example.com:6432/shop?user=app&password=hunter2 ",
                "jdbc:postgresql://app:hunter2@db.example.com:6432/shop"
            })
    void eachFormNamesTheSameDatabase(String form) {
        NeonUrl url = NeonUrl.parse(form);

        assertThat(url.toString()).isEqualTo("postgresql://app:***@db.example.com:6432/shop");
        assertThat(url.password()).contains("hunter2");
    }

    @Test
    void theHostCanBeAnIpv6Address() {
        NeonUrl url = NeonUrl.parse("postgresql://app@[2001:db8::7]:6432/shop");

        assertThat(url.host()).isEqualTo("2001:db8::7");
        assertThat(url.port()).isEqualTo(6432);
        assertThat(DriverProperties.jdbcUrl(url)).isEqualTo("jdbc:postgresql://[2001:db8::7]:6432/shop");
        assertThat(url).hasToString("postgresql://app@[2001:db8::7]:6432/shop");
    }

    @Test
    void anAtSignInThePasswordNeedsNoEncoding() {
        assertThat(NeonUrl.parse("postgresql://app:hunter2@ss@localhost/shop").password())
                .contains("hunter2@ss");
    }

    @Test
    void aPlusSignStaysOne() {
        assertThat(NeonUrl.parse("postgresql://app:hunter2+b@localhost/shop").password())
                .contains("hunter2+b");
    }

    @Test
    void theDatabaseAndTheUserAreDecoded() {
        NeonUrl url = NeonUrl.parse("postgresql://us%C3%A9r:hunter2@localhost/my%20shop");

        assertThat(url.user()).isEqualTo("us\u00e9r");
        assertThat(url.database()).isEqualTo("my shop");
    }

    @Test
    void thePasswordCanComeFromElsewhere() {
        NeonUrl url = NeonUrl.parse("postgresql://app@localhost/shop").withPassword("hunter2");

        assertThat(url.password()).contains("hunter2");
        assertThat(url.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "connect_timeout=7, connectTimeout, 7",
        "application_name=shop%20api, ApplicationName, shop api",
        "sslnegotiation=direct, sslNegotiation, direct",
        "options=endpoint%3Dep-x, options, endpoint=ep-x",
        "target_session_attrs=read-write, targetServerType, primary",
        "keepalives=0, tcpKeepAlive, false",
        "socketTimeout=9, socketTimeout, 9"
    })
    void parametersReachTheDriverUnderItsOwnNames(String parameter, String name, String value) {
        assertThat(properties("postgresql://app@localhost/shop?" + parameter)).containsEntry(name, value);
    }

    @ParameterizedTest
    @CsvSource({
        "sslmode=require, verify-full",
        "sslmode=prefer, verify-full",
        "connect_timeout=5, verify-full",
        "sslmode=verify-ca, verify-ca",
        "sslmode=verify-full, verify-full"
    })
    void certificatesOfOtherMachinesAreVerifiedWithTheTrustStoreOfTheJvm(String parameter, String expected) {
        assertThat(properties("postgresql://app@db.example.com/shop?" + parameter))
                .containsEntry("sslmode", expected)
                .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    @Test
    void aRootCertificateOfTheUrlTakesThePlaceOfTheTrustStore() {
        assertThat(properties("postgresql://app@db.example.com/shop?sslrootcert=ca.pem"))
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslrootcert", "ca.pem")
                .doesNotContainKey("sslfactory");
        assertThat(properties("postgresql://app@db.example.com/shop?sslrootcert=system"))
                .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory")
                .doesNotContainKey("sslrootcert");
    }

    @Test
    void tlsIsGivenUpOnlyWhenTheUrlOrTheSettingsSaySo() {
        NeonSettings asWritten =
                NeonSettings.alwaysOn().toBuilder().tls(TlsPolicy.AS_WRITTEN).build();

        assertThat(properties("postgresql://app@db.example.com/shop?sslmode=disable"))
                .containsEntry("sslmode", "disable");
        assertThat(DriverProperties.of(
                        NeonUrl.parse("postgresql://app@db.example.com/shop?sslmode=require"), asWritten))
                .containsEntry("sslmode", "require");
        assertThat(properties("postgresql://app@127.0.0.1/shop")).doesNotContainKey("sslmode");
        assertThat(properties("postgresql://app@[::1]/shop?channel_binding=require"))
                .containsEntry("sslmode", "require");
    }

    @Test
    void statementsArePreparedInTheServerUnlessAPoolerIsBetween() {
        NeonUrl pooled = NeonUrl.parse(FROM_THE_CONSOLE);
        NeonSettings always = NeonSettings.alwaysOn().toBuilder()
                .preparedStatements(PreparedStatements.ON)
                .build();

        assertThat(DriverProperties.of(pooled, NeonSettings.alwaysOn())).containsEntry("prepareThreshold", "0");
        assertThat(DriverProperties.of(pooled, always)).containsEntry("prepareThreshold", "1");
        assertThat(DriverProperties.of(pooled.direct(), NeonSettings.alwaysOn()))
                .containsEntry("prepareThreshold", "1");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://app:hunter2@h/d | must begin with postgresql://, postgres:// or jdbc:postgresql://",
                "postgresql://app:hunter2@/d | has no host",
                "postgresql://app:hunter2@h | has no database",
                "postgresql://:hunter2@h/d | has no user",
                "postgresql://h/d | has no user",
                "postgresql://app:hunter2@h:0/d | has a port that is not a number from 1 to 65535",
                "postgresql://app:hunter2@h1,h2/d | names more than one host",
                "postgresql://app:hunter2%@h/d | has a password with a %",
                "postgresql://app:hunter2%FF@h/d | has a password with a %",
                "postgresql://app:hun/ter2@h/d | port that is not a number",
                "postgresql://app:hun?ter2@h/d | has an @ after the ?",
                "postgresql://app:12/hunter2@h/d | whose name holds / or @",
                "postgresql://app:hunter2@h/d?ssl_mode=require | has the parameter 'ssl_mode', which is unknown",
                "postgresql://app:hunter2@h/d?sslmode=yes | has the parameter 'sslmode' with a value that is none of",
                "postgresql://app:hunter2@h/d?connect_timeout=soon | 'connect_timeout', which must be a number of seconds",
                "postgresql://app:hunter2@h/d?sslmode=require&sslmode=disable | has the parameter 'sslmode' twice",
                "postgresql://app:hunter2@h/d?password=hunter2 | holds a password twice",
                "postgresql://app:hunter2@h/d?channel_binding=require&sslmode=disable | requires channel binding",
                "postgresql://app:hunter2@h/d?sslnegotiation=direct&sslmode=disable | direct TLS negotiation"
            })
    void aStringThatIsWrongIsRefusedWithoutShowingThePassword(String url, String why) {
        assertThat(problem(url))
                .startsWith("The database URL ")
                .contains(why)
                .doesNotContain("hunter2")
                .doesNotContain("ter2");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NeonUrl.parse("postgresql://app:hunter2@:port/?sslmode=maybe&colour=red"))
                .withMessageContaining("5 problems")
                .withMessageContaining("it has no host")
                .withMessageContaining("it has a port that is not a number")
                .withMessageContaining("it has no database")
                .withMessageContaining("it has the parameter 'sslmode' with")
                .withMessageContaining("it has the parameter 'colour', which is unknown")
                .withMessageNotContaining("secret");
    }

    @Test
    void aFactoryThatTrustsEverybodyIsNotTakenWhereTheServerIsVerified() {
        String url = "postgresql://app@db.example.com/shop?sslfactory=org.postgresql.ssl.NonValidatingFactory"
                + "&sslhostnameverifier=com.example.AnyName&sslmode=";

        for (String mode : new String[] {"require", "verify-ca", "verify-full"}) {
            assertThat(properties(url + mode))
                    .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory")
                    .doesNotContainKey("sslhostnameverifier");
        }
    }

    @Test
    void theSystemsAuthoritiesAreAskedWhateverModeIsWritten() {
        Properties written = DriverProperties.of(
                NeonUrl.parse("postgresql://app@db.example.com/shop?sslmode=require&sslrootcert=system"),
                NeonSettings.alwaysOn().toBuilder().tls(TlsPolicy.AS_WRITTEN).build());

        assertThat(written)
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory")
                .doesNotContainKey("sslrootcert");
    }

    @Test
    void aNameThatBeginsLikeALoopbackAddressIsNone() {
        assertThat(NeonUrl.parse("postgresql://app@127.example.com/shop").loopback())
                .isFalse();
        assertThat(NeonUrl.parse("postgresql://app@127.0.0.2/shop").loopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"options=-c%20work_mem%3D1GB", "currentSchema=shop"})
    void whatAPoolerRefusesIsRefusedBeforehand(String parameter) {
        assertThat(problem("postgresql://app@ep-x-pooler.eu-central-1.aws.neon.tech/shop?" + parameter))
                .contains("which a pooler refuses");
        assertThat(NeonUrl.parse("postgresql://app@ep-x.eu-central-1.aws.neon.tech/shop?" + parameter)
                        .parameters())
                .isNotEmpty();
    }
}
