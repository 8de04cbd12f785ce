package com.portfolio.infra.testing.memory;

import java.util.NavigableMap;
import java.util.Optional;

/** The rows of a projection: those that everybody sees, or those that one transaction sees. */
interface Rows {

    Optional<DocumentState> get(String id);

    void put(String id, DocumentState document);

    void remove(String id);

    /** All of them, in the order of their ids; not to be changed. */
    NavigableMap<String, DocumentState> all();
}
