package com.portfolio.infra.utilities.secrets;

import java.util.Optional;

/**
 * A place where secrets are kept, for instance a vault's client; {@link SecretManager#polling} makes a
 * manager of it. Called by several threads at a time.
 */
@FunctionalInterface
public interface SecretSource {

    /**
     * Looks a secret up. May block.
     *
     * @return empty if there is no secret of that name
     * @throws Exception if the place can't be asked
     */
    Optional<Secret> find(String name) throws Exception;
}
