package com.portfolio.infra.utilities.secrets;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds secrets by name, and tells when one was rotated.
 *
 * <pre>{@code
 * try (SecretManager secrets = SecretManager.directory(Path.of("/run/secrets"));
 *         CurrentSecret password = secrets.current("database-password")) {
 *     client.credentials(() -> password.get().reveal());   // never blocks
 *     password.onChange(changed -> client.reconnect());
 * }
 * }</pre>
 *
 * <p>Looking a secret up may block; a {@link CurrentSecret} never does. No message holds a value.
 *
 * <p><b>Rotation.</b> A listener is called when the secret has another value than before, one call at a time
 * for each secret, outside of all locks, on a thread of the manager's or on the one that changed the value.
 * It is given the newest value, and may miss one that was replaced while it ran. A secret that is taken away
 * is not told of. A listener that throws is logged, without its message, and hears the next change all the
 * same.
 *
 * <p>Thread-safe, as every implementation must be.
 */
public interface SecretManager extends AutoCloseable {

    /** How often files, and the sources of {@link #polling}, are looked at for those who listen. */
    Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(10);

    /**
     * Looks a secret up.
     *
     * @return empty if there is none of that name
     * @throws SecretUnavailableException if it can't be found out
     * @throws IllegalStateException      if the manager is closed
     */
    Optional<Secret> find(String name);

    /**
     * Tells of each change of a secret from now on, also of one that is not there yet.
     *
     * @throws IllegalStateException if the manager is closed
     */
    Registration onRotation(String name, Consumer<? super Secret> listener);

    /**
     * Asks for a secret to be looked at soon, before its next turn, as a server has refused it: perhaps it was rotated.
     * Does not block, and does nothing where nobody listens to the secret, or where changes are known at once, which
     * is the default.
     */
    default void lookAgain(String name) {}

    /** Where it looks, for messages: {@code the environment}, {@code the directory /run/secrets}. */
    String where();

    /** Ends threads and registrations, and closes the managers that it was made of. Closing again does nothing. */
    @Override
    void close();

    /**
     * Looks a secret up that must be there.
     *
     * @throws SecretNotFoundException    if there is none of that name
     * @throws SecretUnavailableException if it can't be found out
     * @throws IllegalStateException      if the manager is closed
     */
    default Secret get(String name) {
        return find(name).orElseThrow(() -> new SecretNotFoundException(name, where()));
    }

    /**
     * A secret that must be there, read now and kept up to date from then on. Blocks for this first reading.
     *
     * @throws SecretNotFoundException    if there is none of that name
     * @throws SecretUnavailableException if it can't be found out
     * @throws IllegalStateException      if the manager is closed
     */
    default CurrentSecret current(String name) {
        return CurrentSecret.of(this, name);
    }

    /** What ends the calls of a listener; one that is running is not waited for. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * The process's environment. See {@link #environment(Map)}.
     */
    static SecretManager environment() {
        return environment(System.getenv());
    }

    /**
     * An environment. A secret is the variable of its name, or of its name in capitals with {@code _} for all
     * that is neither letter nor digit; or the content of the file that this variable with {@code _FILE}
     * names, which is watched as in {@link #files}. Having both is an error. An empty variable is none.
     */
    static SecretManager environment(Map<String, String> variables) {
        return polling(new EnvironmentSource(variables), "the environment", DEFAULT_POLL_INTERVAL);
    }

    /** A directory whose files are the secrets, looked at every ten seconds. See {@link #directory(Path, Duration)}. */
    static SecretManager directory(Path directory) {
        return directory(directory, DEFAULT_POLL_INTERVAL);
    }

    /**
     * A directory whose files are the secrets, each named as its secret; Kubernetes, Docker and agents of
     * vaults mount such ones. Files may be replaced in any way, symbolic links included: each look reads the
     * content. A file is UTF-8 text of at most 1 MiB; line ends after it do not count, and an empty one is
     * none. A name that is no plain file name ({@code ../x}) is refused.
     *
     * @param pollInterval how often the secrets that somebody listens to are looked at
     */
    static SecretManager directory(Path directory, Duration pollInterval) {
        return polling(new DirectorySource(directory), "the directory " + directory, pollInterval);
    }

    /**
     * Single files, by the name of the secret that each holds. They are read as in
     * {@link #directory(Path, Duration)}; one that does not exist holds no secret.
     *
     * @param pollInterval how often the secrets that somebody listens to are looked at
     */
    static SecretManager files(Map<String, Path> files, Duration pollInterval) {
        Map<String, Path> copy = Map.copyOf(files);
        SecretSource source = name -> {
            Path file = copy.get(name);
            return file == null ? Optional.empty() : SecretFile.read(file);
        };
        return polling(
                source,
                copy.size() == 1 ? "the file " + copy.values().iterator().next() : "files",
                pollInterval);
    }

    /**
     * A place of the caller's, asked at each call, and every interval for those who listen.
     *
     * @param where        what the place is called in messages, such as {@code the vault}
     * @param pollInterval how often the secrets that somebody listens to are looked at, at least a millisecond
     */
    static SecretManager polling(SecretSource source, String where, Duration pollInterval) {
        return new PolledSecrets(source, where, pollInterval);
    }

    /**
     * Keeps what another manager found. See {@link #caching(SecretManager, Duration, Clock)}.
     */
    static SecretManager caching(SecretManager secrets, Duration timeToLive) {
        return caching(secrets, timeToLive, Clock.systemUTC());
    }

    /**
     * Keeps what another manager found, for a time. Of the callers who need the same secret anew one asks, and
     * the others wait for its answer, or are given the old value where there is one. If asking fails, the
     * old value is given on, and asked for again after a tenth of the time. What was not found is not kept.
     *
     * @param secrets    asked when needed, and closed with this
     * @param timeToLive how long a value is given out without asking
     */
    static SecretManager caching(SecretManager secrets, Duration timeToLive, Clock clock) {
        return new CachingSecrets(secrets, timeToLive, clock);
    }

    /**
     * Several managers as one: the first that has a secret gives it. One that can't be asked is an error, also
     * if a later one has the secret, as it may be the wrong one.
     *
     * @param managers in the order in which they are asked; closed with this
     */
    static SecretManager firstOf(SecretManager... managers) {
        return new CompositeSecrets(List.copyOf(Arrays.asList(managers)));
    }
}
