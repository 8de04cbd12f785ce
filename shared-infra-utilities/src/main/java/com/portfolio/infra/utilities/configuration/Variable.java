package com.portfolio.infra.utilities.configuration;

import java.util.Optional;

/**
 * All that there is to know about a variable.
 *
 * @param defaultValue what it is if nobody sets it
 * @param defaultText  how the documentation puts that; empty if it then has no value
 * @param secret       whether its value is a secret, which can also be given as a file
 * @param description  what it is, without a full stop
 * @param <T>          what it is read as
 */
record Variable<T>(
        String name,
        Section section,
        Format<T> format,
        Optional<T> defaultValue,
        String defaultText,
        boolean secret,
        String description) {

    private static final String FILE = "_FILE";

    /** The name of the variable that names a file with its value. */
    String fileName() {
        return name + FILE;
    }

    @Override
    public String toString() {
        return name;
    }
}
