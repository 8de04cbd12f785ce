package com.portfolio.infra.examples.accounts;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.portfolio.infra.examples.accounts.AccountCommand.ChangeEmail;
import com.portfolio.infra.examples.accounts.AccountCommand.DeactivateUser;
import com.portfolio.infra.examples.accounts.AccountCommand.RegisterUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns lines into commands:
 *
 * <pre>{@code
 * {"id":"c-1","command":"register","user":"ada","email":"ada@example.org"}
 * {"id":"c-2","command":"change-email","user":"ada","email":"ada@example.com","from":"web"}
 * {"id":"c-3","command":"deactivate","user":"ada"}
 * }</pre>
 *
 * <p>It is strict, as a field that is misspelt and silently left out would be a lost command. What is
 * well-formed but makes no sense, such as an e-mail address that is not one, is the service's to reject.
 */
final class CommandParser {

    private static final int MAX_NAME_LENGTH = 100;

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    /**
     * Reads the command of a line.
     *
     * @throws MalformedLineException if there is none, with the reason
     */
    SubmittedCommand parse(InputLine line) throws MalformedLineException {
        JsonNode json = json(line);
        String kind = text(line, json, "command");
        boolean hasEmail = switch (kind) {
            case "register", "change-email" -> true;
            case "deactivate" -> false;
            default ->
                throw new MalformedLineException(
                        line.number(), "has an unknown command; known are register, change-email and deactivate");
        };
        Set<String> expected =
                hasEmail ? Set.of("command", "id", "user", "from", "email") : Set.of("command", "id", "user", "from");
        refuseOtherFields(line, json, expected);
        String id = name(line, json, "id");
        String user = name(line, json, "user");
        String sender = json.has("from") ? name(line, json, "from") : "";
        AccountCommand command = switch (kind) {
            case "register" -> new RegisterUser(id, user, text(line, json, "email"));
            case "change-email" -> new ChangeEmail(id, user, text(line, json, "email"));
            default -> new DeactivateUser(id, user);
        };
        return new SubmittedCommand(line.number(), sender, command);
    }

    private static JsonNode json(InputLine line) throws MalformedLineException {
        JsonNode json;
        try {
            json = JSON.readTree(line.text());
        } catch (JacksonException e) {
            throw new MalformedLineException(
                    line.number(),
                    "is not JSON"
                            + (e.getLocation() == null
                                    ? ""
                                    : " (from column " + e.getLocation().getColumnNr() + " on)"));
        }
        if (!json.isObject()) {
            throw new MalformedLineException(line.number(), "is not a JSON object");
        }
        return json;
    }

    private static void refuseOtherFields(InputLine line, JsonNode json, Set<String> expected)
            throws MalformedLineException {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (!expected.contains(name)) {
                throw new MalformedLineException(
                        line.number(),
                        "has a field that its command does not know; it may have "
                                + String.join(", ", new TreeSet<>(expected)));
            }
        }
    }

    /** Text that names something: not empty, not long, no white space, nothing that can't be printed. */
    private static String name(InputLine line, JsonNode json, String field) throws MalformedLineException {
        String text = text(line, json, field);
        if (text.isEmpty() || text.length() > MAX_NAME_LENGTH || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new MalformedLineException(
                    line.number(),
                    "has a field '" + field + "' that is not 1 to " + MAX_NAME_LENGTH
                            + " letters, digits and signs of ASCII");
        }
        return text;
    }

    private static String text(InputLine line, JsonNode json, String field) throws MalformedLineException {
        JsonNode value = json.get(field);
        if (value == null) {
            throw new MalformedLineException(line.number(), "has no field '" + field + "'");
        }
        if (!value.isTextual()) {
            throw new MalformedLineException(line.number(), "has a field '" + field + "' that is not text");
        }
        return value.textValue();
    }
}
