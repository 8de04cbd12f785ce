package com.portfolio.infra.testing.memory;

import java.util.Map;
import java.util.Optional;

/**
 * A document as the store keeps it: as text, with the values of its indexed fields.
 *
 * @param version from 1
 * @param fields  by name; a field without a value is missing
 */
record DocumentState(String text, long version, Map<String, Comparable<?>> fields) {

    DocumentState {
        fields = Map.copyOf(fields);
    }

    static long versionOf(Optional<DocumentState> document) {
        return document.map(DocumentState::version).orElse(0L);
    }
}
