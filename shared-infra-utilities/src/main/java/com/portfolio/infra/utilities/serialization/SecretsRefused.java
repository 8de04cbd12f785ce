package com.portfolio.infra.utilities.serialization;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.portfolio.infra.utilities.secrets.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what holds a {@link Secret}: other mappers write its mask, so that what was stored would be lost, and the
 * value itself has no business in an event that is kept for good.
 */
final class SecretsRefused extends SimpleModule {

    private static final long serialVersionUID = 1L;

    private static final String WHY = "a Secret is never stored";

    SecretsRefused() {
        super(SecretsRefused.class.getName());
        addSerializer(Secret.class, new RefusingSerializer());
        setDeserializers(new RefusingDeserializers());
    }

    private static final class RefusingSerializer extends JsonSerializer<Secret> {

        @Override
        public void serialize(Secret secret, JsonGenerator json, SerializerProvider provider) {
            throw new RefusedException(WHY);
        }
    }

    /** Asked when a type is looked through, so that one that declares a secret is refused before the first event. */
    private static final class RefusingDeserializers extends SimpleDeserializers {

        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable JsonDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription description) {
            if (type.hasRawClass(Secret.class)) {
                throw new RefusedException(WHY);
            }
            return null;
        }
    }
}
