package com.portfolio.infra.testing.contract;

import java.util.function.Supplier;

/**
 * Something that is broken on purpose.
 *
 * @param name what it does wrong
 * @param made makes a new one
 */
record Mutant<T>(String name, Supplier<T> made) {

    @Override
    public String toString() {
        return name;
    }
}
