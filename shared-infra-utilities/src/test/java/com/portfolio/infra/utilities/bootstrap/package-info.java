@NullMarked
package com.portfolio.infra.utilities.bootstrap;

import org.jspecify.annotations.NullMarked;
