package com.portfolio.infra.utilities.secrets;

import java.util.Optional;

/**
 * A place where secrets are kept, for instance a vault's client; {@link SecretManager#polling} makes a
 * manager of it. Called by several threads at a time.
 */
@FunctionalInterface
public interface SecretSource {

    /**
     * Looks a secret up. May block, but must come to an end: give its client a time limit. One thread asks for all
     * secrets that somebody listens to, and a question without an end would stop the rotation of all of them.
     *
     * @return empty if there is no secret of that name
     * @throws Exception if the place can't be asked
     */
    Optional<Secret> find(String name) throws Exception;
}
