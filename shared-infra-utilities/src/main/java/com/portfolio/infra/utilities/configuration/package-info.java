/**
 * The settings of a service's infrastructure: {@link
 * com.portfolio.infra.utilities.configuration.ConfigurationManager#load()} reads them from system properties,
 * environment variables and a file, and gives a typed {@link
 * com.portfolio.infra.utilities.configuration.InfrastructureConfig}, or every problem at once.
 */
@NullMarked
package com.portfolio.infra.utilities.configuration;

import org.jspecify.annotations.NullMarked;
