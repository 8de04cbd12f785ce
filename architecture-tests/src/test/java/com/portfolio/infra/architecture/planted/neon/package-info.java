@NullMarked
package com.portfolio.infra.architecture.planted.neon;

import org.jspecify.annotations.NullMarked;
