package com.portfolio.infra.utilities.secrets;

import org.jspecify.annotations.Nullable;

/**
 * A place could not be asked for a secret, so that it is unknown whether it is there. Asking again may help.
 *
 * <p>The cause stands in for what was thrown there: its class and stack are kept, and its message is left
 * out, as nobody knows what is in it.
 */
public final class SecretUnavailableException extends SecretException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param name   the name of the secret
     * @param where  what was looked at, such as {@code the environment}
     * @param reason why it could not be asked, as it follows {@code because}, without a value
     */
    public SecretUnavailableException(String name, String where, String reason) {
        this(name, where, reason, null);
    }

    /**
     * @param name  the name of the secret
     * @param where what was looked at, such as {@code the environment}
     * @param cause what was thrown there
     */
    public SecretUnavailableException(String name, String where, Throwable cause) {
        this(name, where, "of a " + cause.getClass().getName(), FailureWithoutMessage.of(cause));
    }

    private SecretUnavailableException(String name, String where, String reason, @Nullable Throwable cause) {
        super(name, "Secret '" + name + "' could not be read from " + where + ", because " + reason + ".", cause, true);
        this.reason = reason;
    }

    /** Why the place could not be asked, as it follows {@code because}: no sentence, and no value. */
    public String reason() {
        return reason;
    }
}
