package com.portfolio.infra.utilities.secrets;

/** There is no secret of that name, in none of the places that were looked at. */
public final class SecretNotFoundException extends SecretException {

    private static final long serialVersionUID = 1L;

    /**
     * @param name  the name of the secret
     * @param where what was looked at, such as {@code the environment}
     */
    public SecretNotFoundException(String name, String where) {
        super(name, "Secret '" + name + "' was not found in " + where + ".", null, false);
    }
}
