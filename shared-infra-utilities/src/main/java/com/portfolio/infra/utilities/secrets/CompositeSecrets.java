package com.portfolio.infra.utilities.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Several managers, the first of which that has a secret gives it. */
final class CompositeSecrets implements SecretManager {

    private final List<SecretManager> managers;
    private final Watches watches = new Watches(this::find, this::listenToAll);

    CompositeSecrets(List<SecretManager> managers) {
        this.managers = managers;
        if (managers.isEmpty()) {
            throw new IllegalArgumentException("Secrets need at least one place to be looked up in.");
        }
    }

    @Override
    public Optional<Secret> find(String name) {
        for (SecretManager manager : managers) {
            Optional<Secret> found = manager.find(name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Which value counts is seen by looking at all of them again. */
    private Registration listenToAll(String name) {
        List<AutoCloseable> registrations = new ArrayList<>();
        try {
            for (SecretManager manager : managers) {
                registrations.add(manager.onRotation(name, any -> watches.check(name)));
            }
        } catch (RuntimeException e) {
            Closing.all(registrations, e);
            throw e;
        }
        return () -> Closing.all(registrations);
    }

    @Override
    public Registration onRotation(String name, Consumer<? super Secret> listener) {
        return watches.add(name, listener);
    }

    @Override
    public void lookAgain(String name) {
        managers.forEach(manager -> manager.lookAgain(name));
    }

    @Override
    public String where() {
        return managers.stream().map(SecretManager::where).collect(Collectors.joining(" or "));
    }

    @Override
    public void close() {
        watches.close();
        Closing.all(managers);
    }

    @Override
    public String toString() {
        return "secrets of " + where();
    }
}
