package com.portfolio.infra.utilities.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "postgresql://app:swordfish@db:5432/shop?sslmode=require|postgresql://app:***@db:5432/shop?sslmode=require",
                "no answer from redis://:swordfish@cache:6379, giving up|no answer from redis://***@cache:6379, giving up",
                "https://swordfish@example.org/x|https://***@example.org/x",
                "postgres://app:s3/cr?3t@x@db/shop|postgres://app:***@db/shop",
                "jdbc:postgresql://db/shop?user=app&password=swordfish&ssl=true|jdbc:postgresql://db/shop?user=app&password=***&ssl=true",
                "two: redis://a:swordfish@x and redis://b:swordfish@y|two: redis://a:***@x and redis://b:***@y",
                "DB_PASSWORD: swordfish|DB_PASSWORD: ***",
                "Authorization: Bearer swordfish|Authorization: ***",
                "curl -H Bearer swordfish-token|curl -H Bearer ***",
                "got 'authorization':'Basic swordfish='|got 'authorization':'***'",
                "{authorization=[Bearer swordfish], accept=[x]}|{authorization=***, accept=[x]}",
                "Authorization=[Basic swordfish]|Authorization=***",
                "Authorization: Token swordfish|Authorization: ***",
                "Proxy-Authorization: NTLM swordfish|Proxy-Authorization: ***",
                "Authorization: AWS4-HMAC-SHA256 Credential=a/b, Signature=swordfish|Authorization: ***",
                "Authorization: Digest username=\"a\", response=\"swordfish\"|Authorization: ***",
                "{Authorization=Bearer swordfish}|{Authorization=***}",
                "sent {\\\"password\\\":\\\"swordfish\\\",\\\"n\\\":1}|sent {\\\"password\\\":\\\"***\\\",\\\"n\\\":1}",
                "passwords: [swordfish, swordfish2] end|passwords: *** end",
                "sent {\\\"password\\\":\\\"a\\\\\\\"swordfish\\\",\\\"n\\\":1}|sent {\\\"password\\\":\\\"***\\\",\\\"n\\\":1}",
                "{\\\"authorization\\\":\\\"Digest a=\\\\\\\"b\\\\\\\", c=\\\\\\\"swordfish\\\\\\\"\\\",\\\"n\\\":1}"
                        + "|{\\\"authorization\\\":\\\"***\\\",\\\"n\\\":1}",
                "\"passwords\": [\"a]b\", \"swordfish\"], \"n\": 1|\"passwords\": ***, \"n\": 1",
                "{\\\"passwords\\\":[\\\"a]b\\\",\\\"swordfish\\\"],\\\"n\\\":1}|{\\\"passwords\\\":***,\\\"n\\\":1}",
                "password={a}}swordfish};encrypt=true x|password=*** x",
                "password={a},swordfish x|password=*** x",
                "Authorization: {x} swordfish|Authorization: ***",
                "password=\"a b\"/token=\"c swordfish\" n=1|password=\"***\" n=1",
                "tokens=[a b]:token=[c swordfish] n=1|tokens=*** n=1",
                "api_key=swordfish|api_key=***",
                "apiKey = swordfish|apiKey = ***",
                "client-secret=swordfish&x=1|client-secret=***&x=1",
                "passwordHash=swordfish|passwordHash=***",
                "password=[x]swordfish|password=***",
                "password=\"x\"swordfish, n=1|password=\"***\", n=1",
                "{\"tokens\":[[\"a\"],[\"swordfish\"]],\"n\":1}|{\"tokens\":***,\"n\":1}",
                "{\"tokens\":[[[]],[[\"a\",[\"swordfish\"]]]],\"n\":1}|{\"tokens\":***,\"n\":1}",
                "tokens=['a]b','swordfish'], n=1|tokens=***, n=1",
                "tokens=[\\'a]b\\',\\'swordfish\\'], n=1|tokens=***, n=1",
                "tokens=[a, swordfish|tokens=***",
                "password=\\'a swordfish\\' x|password=\\'***\\' x",
                "password=\\'a \\\\\\'b swordfish\\' x|password=\\'***\\' x",
                "{\\\"password\\\":\\\"swordfish\\\\\\\\\\\",\\\"n\\\":1}|{\\\"password\\\":\\\"***\\\",\\\"n\\\":1}",
                "Authorization: Basic abc, Digest response=\"swordfish\"|Authorization: ***",
                "Authorization: Basic abc, Bearer swordfish}|Authorization: ***}",
                "\"credentials\": {\"user\": \"app\", \"word\": \"swordfish\"}, \"n\": 1|\"credentials\": ***, \"n\": 1",
                "password={noop}a,swordfish n=1|password=*** n=1",
                "token: Bearer swordfish end|token: *** end",
                "'password' => 'swordfish'|'password' => '***'",
                "password:          swordfish|password:          ***",
                "jdbc:postgresql://db/shop?user=app&password=a@swordfish&ssl=true|jdbc:postgresql://***&ssl=true",
                "{url:'redis://h',password:'a@swordfish swordfish',n:1}|{url:'redis://***,n:1}",
                "postgres://app:swordfish/cr?token=3t@x@db/shop|postgres://app:***",
                "a://token:=swordfish@swordfish|a://token:***",
                "Bearer swordfish-token='swordfish swordfish'|Bearer ***",
            })
    void credentialsAreTakenOut(String text, String redacted) {
        assertThat(Redaction.redact(text)).isEqualTo(redacted).doesNotContain("swordfish");
    }

    @Test
    void quotedValuesAreTakenOutAsAWhole() {
        assertThat(Redaction.redact("Login required username=\"app\" password=\"a \\\"b\\\" c\";"))
                .isEqualTo("Login required username=\"app\" password=\"***\";");
        assertThat(Redaction.redact("{\"user\":\"app\",\"accessToken\":\"sword fish\",\"n\":1}"))
                .isEqualTo("{\"user\":\"app\",\"accessToken\":\"***\",\"n\":1}");
        assertThat(Redaction.redact("{\"url\":\"redis://a:swordfish@h\",\"mail\":\"x@y\"}"))
                .isEqualTo("{\"url\":\"redis://a:***@h\",\"mail\":\"x@y\"}");
        assertThat(Redaction.redact("password=\"never ends")).isEqualTo("password=\"***\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Connection to db.example.org:5432 refused.",
                "https://example.org/path?x=1",
                "password authentication failed for user app",
                "mail me at ada@example.org",
                "Secret 'database-password' was not found in the environment."
            })
    void otherTextStaysAsItIs(String text) {
        assertThat(Redaction.redact(text)).isEqualTo(text);
    }

    @Test
    void whatIsRedactedStaysSoWhenItIsRedactedAgain() {
        String once =
                Redaction.redact("redis://a:swordfish@h password=swordfish token: d Authorization: Basic abcdefgh and"
                        + " more {authorization=[Bearer swordfish]}");

        assertThat(Redaction.redact(once)).isEqualTo(once);
    }

    @Test
    void longAndHostileTextTakesNoLongerThanItsLength() {
        for (String piece : List.of(
                "a://",
                "a://b ",
                "a://b@c ",
                "a://token=",
                "password",
                "password ",
                "password=\"\\",
                "a",
                "://@",
                "Bearer ",
                "secret-",
                "'",
                "authorization",
                "authorization: ",
                "password=[",
                "password=\\\"",
                "password=[\"",
                "password=[\\",
                "password={",
                "token=Bearer ",
                "token: ",
                "'password='x",
                "password=[]",
                "[",
                "authorization: }\n",
                "\\\"",
                "\\")) {
            String text = piece.repeat(2_000_000 / piece.length());
            assertThatCode(() -> assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Redaction.redact(text)))
                    .as(piece)
                    .doesNotThrowAnyException();
        }
    }
}
