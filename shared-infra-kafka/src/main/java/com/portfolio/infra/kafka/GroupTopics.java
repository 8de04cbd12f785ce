package com.portfolio.infra.kafka;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The topics of a group.
 *
 * @param events   what it subscribes to
 * @param letters  its dead letters: {@code <group>.dlq}
 * @param redriven what is handed to it again: {@code <group>.redrive}
 */
record GroupTopics(Set<String> events, String letters, String redriven) {

    static GroupTopics of(String group, Collection<String> events) {
        return new GroupTopics(
                Set.copyOf(events.stream().map(TopicName::check).toList()), letters(group), redriven(group));
    }

    static String letters(String group) {
        return TopicName.check(group + ".dlq");
    }

    static String redriven(String group) {
        return TopicName.check(group + ".redrive");
    }

    /** What its members receive from. */
    List<String> received() {
        Set<String> all = new LinkedHashSet<>(events);
        all.add(redriven);
        return List.copyOf(all);
    }
}
