package com.portfolio.infra.utilities.serialization;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.portfolio.infra.utilities.secrets.Redaction;
import org.jspecify.annotations.Nullable;

/** Says what went wrong in the mapper, whose own messages quote values, in words that hold none. */
final class JsonFailures {

    private JsonFailures() {}

    static JsonConversionException writing(Class<?> type, Throwable failure) {
        return new JsonConversionException(
                "can't be written as JSON: " + type.getName(),
                JsonPath.of(failure),
                whyNotWritten(failure),
                Redaction.withoutMessage(root(failure)));
    }

    static JsonConversionException reading(String type, Throwable failure) {
        return new JsonConversionException(
                "can't be read as " + type,
                JsonPath.of(failure),
                whyNotRead(failure),
                Redaction.withoutMessage(root(failure)));
    }

    private static String whyNotWritten(Throwable failure) {
        Throwable root = root(failure);
        if (root instanceof RefusedException refused) {
            return String.valueOf(refused.getMessage());
        }
        if (root instanceof StreamConstraintsException || root instanceof StackOverflowError) {
            return "it is nested too deeply, or holds itself";
        }
        if (root instanceof InvalidDefinitionException definition) {
            return "nothing says how to write " + named(definition);
        }
        if (root instanceof JsonMappingException) {
            return "the mapper refused it";
        }
        return root.getClass().getName() + " was thrown";
    }

    private static String whyNotRead(Throwable failure) {
        Throwable root = root(failure);
        if (root instanceof RefusedException refused) {
            return String.valueOf(refused.getMessage());
        }
        if (root instanceof StreamConstraintsException) {
            return "the JSON is nested too deeply";
        }
        if (root instanceof StreamReadException) {
            return "the text is not JSON";
        }
        if (root instanceof InvalidTypeIdException unknown) {
            return "the JSON names no declared subtype of " + named(unknown.getBaseType());
        }
        if (root instanceof InvalidDefinitionException definition) {
            return "nothing says how to make " + named(definition);
        }
        if (root instanceof MismatchedInputException mismatch) {
            return "the JSON does not fit "
                    + (mismatch.getTargetType() == null
                            ? "what is expected here"
                            : mismatch.getTargetType().getName());
        }
        if (root instanceof JsonMappingException) {
            return "the mapper refused it";
        }
        return root.getClass().getName() + " was thrown"
                + (failure instanceof ValueInstantiationException made
                        ? " by the constructor of " + named(made.getType())
                        : "");
    }

    private static String named(InvalidDefinitionException definition) {
        return named(definition.getType());
    }

    private static String named(@Nullable JavaType type) {
        return type == null ? "it" : type.toCanonical();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
