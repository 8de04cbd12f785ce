@NullMarked
package com.portfolio.infra.utilities.serialization;

import org.jspecify.annotations.NullMarked;
