/**
 * Opens what the configuration names: {@link com.portfolio.infra.utilities.bootstrap.Infrastructure} all of it, the
 * factories one port each. Adapters are found on the class path, where each module registers its
 * {@linkplain com.portfolio.infra.utilities.bootstrap.AdapterProvider providers}.
 */
@NullMarked
package com.portfolio.infra.utilities.bootstrap;

import org.jspecify.annotations.NullMarked;
