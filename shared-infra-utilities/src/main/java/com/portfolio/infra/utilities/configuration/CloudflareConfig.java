package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.utilities.secrets.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * An account at Cloudflare.
 *
 * @param apiUrl            where the API is
 * @param accountId         the account
 * @param apiToken          lets in to it
 * @param queueId           the queue of messages; there with {@link MessageBusConfig.Provider#CLOUDFLARE}
 * @param kvNamespaceId     the namespace of read models; there with {@link ProjectionsConfig.Provider#CLOUDFLARE}
 * @param timeout           how long a call may take
 * @param visibilityTimeout how long a message that was pulled is kept from others
 */
public record CloudflareConfig(
        URI apiUrl,
        String accountId,
        Secret apiToken,
        Optional<String> queueId,
        Optional<String> kvNamespaceId,
        Duration timeout,
        Duration visibilityTimeout) {

    public CloudflareConfig {
        Objects.requireNonNull(apiUrl, "apiUrl");
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(apiToken, "apiToken");
        Objects.requireNonNull(queueId, "queueId");
        Objects.requireNonNull(kvNamespaceId, "kvNamespaceId");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(visibilityTimeout, "visibilityTimeout");
    }
}
