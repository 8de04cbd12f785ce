/**
 * The health of a service: {@link com.portfolio.infra.utilities.health.HealthCheckRegistry} runs its checks,
 * {@link com.portfolio.infra.utilities.health.HealthServer} tells of them over HTTP.
 *
 * <p>{@code WatchedCheck} is what the registry knows of one check, {@code Flight} one run of it,
 * {@code Steadiness} what several results in a row mean. {@code HealthJson} and {@code HealthPage} write the
 * same report for machines and for people.
 */
@NullMarked
package com.portfolio.infra.utilities.health;

import org.jspecify.annotations.NullMarked;
