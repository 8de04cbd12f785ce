@NullMarked
package com.portfolio.infra.utilities.secrets;

import org.jspecify.annotations.NullMarked;
