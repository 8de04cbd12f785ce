package com.portfolio.infra.testing.memory;

/** Turns the documents of one projection into text and back, as a database would make it do. */
interface DocumentConversion<T> {

    String write(String id, T document);

    T read(String id, String text);
}
