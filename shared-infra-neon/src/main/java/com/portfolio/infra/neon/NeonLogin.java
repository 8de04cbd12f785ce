package com.portfolio.infra.neon;

import com.portfolio.infra.utilities.secrets.CurrentSecret;
import com.portfolio.infra.utilities.secrets.Secret;
import com.portfolio.infra.utilities.secrets.SecretManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who connects, and where: the place stays, user and password are the newest known. Never blocks. Thread-safe.
 *
 * <p>A URL that was rotated to one that can't be read leaves the one before it in use.
 */
final class NeonLogin {

    private static final Logger LOG = LoggerFactory.getLogger(NeonLogin.class);

    private final NeonUrl place;
    private final @Nullable CurrentSecret rotatingUrl;
    private final @Nullable CurrentSecret password;

    private @Nullable Secret readUrl;
    private NeonUrl latestUrl;

    private NeonLogin(NeonUrl place, @Nullable CurrentSecret rotatingUrl, @Nullable CurrentSecret password) {
        this.place = place;
        this.rotatingUrl = rotatingUrl;
        this.password = password;
        this.latestUrl = place;
    }

    /** @param password takes the place of the URL's, if it is there */
    static NeonLogin of(NeonUrl url, @Nullable CurrentSecret password) {
        return new NeonLogin(url, null, password);
    }

    /**
     * @param password takes the place of the URL's, if it is there
     * @throws IllegalArgumentException if the URL that is known now is none
     */
    static NeonLogin of(CurrentSecret url, @Nullable CurrentSecret password) {
        Secret first = url.get();
        NeonLogin login = new NeonLogin(NeonUrl.parse(first.reveal()), url, password);
        login.readUrl = first;
        return login;
    }

    /** The address, as it was at first. */
    NeonUrl place() {
        return place;
    }

    /** The address with the newest user and password. */
    NeonUrl newest() {
        NeonUrl url = rotatingUrl == null ? place : latest(rotatingUrl.get());
        return password == null ? url : url.withPassword(password.get().reveal());
    }

    private synchronized NeonUrl latest(Secret newest) {
        if (!newest.equals(readUrl)) {
            readUrl = newest;
            try {
                NeonUrl url = NeonUrl.parse(newest.reveal());
                if (!url.isSameDatabaseAs(place)) {
                    LOG.warn(
                            "The rotated URL names another database than {}: user and password of it are used, the rest"
                                    + " takes a restart.",
                            place);
                }
                latestUrl = place.withLoginOf(url);
            } catch (IllegalArgumentException e) {
                LOG.error("The rotated URL can't be read, the one before it stays in use. {}", e.getMessage());
            }
        }
        return latestUrl;
    }

    /** Whether user or password may change. */
    boolean rotates() {
        return secrets().findAny().isPresent();
    }

    /** The server refused user or password: perhaps there are newer ones. */
    void lookAgain() {
        secrets().forEach(CurrentSecret::lookAgain);
    }

    SecretManager.Registration onChange(Runnable listener) {
        List<SecretManager.Registration> registrations = new ArrayList<>();
        try {
            secrets().forEach(secret -> registrations.add(secret.onChange(any -> listener.run())));
        } catch (RuntimeException e) {
            closeAll(registrations).ifPresent(e::addSuppressed);
            throw e;
        }
        return () -> closeAll(registrations).ifPresent(e -> {
            throw e;
        });
    }

    /** Closes each, whatever becomes of the others. */
    static Optional<RuntimeException> closeAll(List<SecretManager.Registration> registrations) {
        RuntimeException failed = null;
        for (SecretManager.Registration registration : registrations) {
            try {
                registration.close();
            } catch (RuntimeException e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        return Optional.ofNullable(failed);
    }

    private Stream<CurrentSecret> secrets() {
        return Stream.of(rotatingUrl, password).filter(secret -> secret != null);
    }
}
