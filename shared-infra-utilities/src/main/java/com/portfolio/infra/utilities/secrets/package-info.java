/**
 * Credentials that show up nowhere, and where they come from.
 *
 * <p>A {@link com.portfolio.infra.utilities.secrets.Secret} prints as {@code ***}. A {@link
 * com.portfolio.infra.utilities.secrets.SecretManager} finds secrets by name and tells who asked when one
 * was rotated. {@link com.portfolio.infra.utilities.secrets.Redaction} takes credentials out of text that
 * others wrote.
 */
@NullMarked
package com.portfolio.infra.utilities.secrets;

import org.jspecify.annotations.NullMarked;
