package com.portfolio.infra.utilities.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.portfolio.infra.utilities.serialization.JsonConversionException;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {

    private static final String VALUE = "hunter2-Value";

    private final Secret secret = Secret.of(VALUE);

    record Account(String user, Secret password, Optional<Secret> old, List<Secret> more, Map<String, Secret> named) {}

    private final Account account =
            new Account("ada", secret, Optional.of(secret), List.of(secret), Map.of("a", secret));

    @Test
    void itIsShownToWhoAsksForIt() {
        assertThat(secret.reveal()).isEqualTo(VALUE);
    }

    @Test
    void textOfItAndOfWhatHoldsItDoesNotShowIt() {
        assertThat(secret).hasToString("***");
        assertThat("" + secret + List.of(secret) + account + Optional.of(secret))
                .contains("password=***")
                .doesNotContain(VALUE);
        assertThat(new IllegalStateException("No connection with " + secret)).hasMessage("No connection with ***");
    }

    @Test
    void jsonDoesNotShowIt() throws Exception {
        assertThat(JsonMapper.builder().addModule(new Jdk8Module()).build().writeValueAsString(account))
                .isEqualTo("{\"user\":\"ada\",\"password\":\"***\",\"old\":\"***\",\"more\":[\"***\"],"
                        + "\"named\":{\"a\":\"***\"}}");
    }

    record Plain(Secret password, Map<Secret, Secret> keys) {}

    @Test
    void noMapperShowsItHoweverItIsSet() throws Exception {
        Plain plain = new Plain(secret, Map.of(secret, secret));
        ObjectMapper ofFields = new ObjectMapper()
                .setVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.ANY)
                .setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
        ObjectMapper withoutAnnotations = JsonMapper.builder()
                .disable(MapperFeature.USE_ANNOTATIONS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .build();

        String expected = "{\"password\":\"***\",\"keys\":{\"***\":\"***\"}}";
        assertThat(new ObjectMapper().writeValueAsString(plain)).isEqualTo(expected);
        assertThat(ofFields.writeValueAsString(plain)).isEqualTo(expected);
        assertThat(withoutAnnotations.writeValueAsString(plain)).doesNotContain(VALUE);
    }

    @Test
    void itCannotBeReadFromJsonWhereOnlyTheMaskIs() {
        assertThatThrownBy(() -> JsonDocuments.create().read("\"***\"", Secret.class))
                .isInstanceOf(JsonConversionException.class);
        assertThatThrownBy(() -> new ObjectMapper().readValue("\"***\"", Secret.class))
                .isInstanceOf(com.fasterxml.jackson.databind.JsonMappingException.class);
    }

    @Test
    void itIsNotSerialised() throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(secret)).isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void equalTextIsAnEqualSecretAndTheHashTellsNothing() {
        assertThat(secret)
                .isEqualTo(Secret.of(VALUE))
                .hasSameHashCodeAs(Secret.of("hunter2-else"))
                .isNotEqualTo(Secret.of("hunter2-value"))
                .isNotEqualTo(Secret.of("hunter2"))
                .isNotEqualTo(VALUE);
    }
}
