package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.InfrastructureException;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration names can't be opened, or something is asked for that it does not name. The message is for
 * who configures the service; it names the variable and what to do, and holds no credential.
 */
public final class BootstrapException extends InfrastructureException {

    private static final long serialVersionUID = 1L;

    /**
     * For providers too.
     *
     * @param message what can't be done, why, and what to do about it
     */
    public BootstrapException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
