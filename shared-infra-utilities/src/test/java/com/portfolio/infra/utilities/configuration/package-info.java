@NullMarked
package com.portfolio.infra.utilities.configuration;

import org.jspecify.annotations.NullMarked;
