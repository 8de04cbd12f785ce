@NullMarked
package com.portfolio.infra.kafka;

import org.jspecify.annotations.NullMarked;
