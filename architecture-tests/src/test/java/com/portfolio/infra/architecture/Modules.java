package com.portfolio.infra.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells which module a class belongs to. */
@FunctionalInterface
interface Modules {

    Optional<PublishedModule> of(JavaClass type);

    /** By the folder or jar that the class file was read from, so that no package name can hide a class; an array by what it holds. */
    static Modules bySource() {
        return type -> type.getBaseComponentType()
                .getSource()
                .map(source -> source.getUri().toString())
                .flatMap(uri -> Arrays.stream(PublishedModule.values())
                        .filter(module -> isFrom(module, uri))
                        .findFirst());
    }

    private static boolean isFrom(PublishedModule module, String uri) {
        return Pattern.compile("/" + module.artifactId() + "(/target/classes/|-[^/]*\\.jar!)")
                .matcher(uri)
                .find();
    }
}
