@NullMarked
package com.portfolio.infra.utilities.connection;

import org.jspecify.annotations.NullMarked;
