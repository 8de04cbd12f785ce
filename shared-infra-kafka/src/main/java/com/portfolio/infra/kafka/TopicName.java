package com.portfolio.infra.kafka;

import java.util.regex.Pattern;

/** What Kafka allows as the name of a topic. */
final class TopicName {

    // https://github.com/apache/kafka/blob/4.0/clients/src/main/java/org/apache/kafka/common/internals/Topic.java
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    private TopicName() {}

    static String check(String name) {
        if (!LEGAL.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("A topic is named by 1 to 249 ASCII letters, digits, '.', '_' and '-',"
                    + " which '" + name + "' is not; name it otherwise by a TopicNaming.");
        }
        return name;
    }
}
