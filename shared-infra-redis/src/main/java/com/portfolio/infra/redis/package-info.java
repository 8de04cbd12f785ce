/** Redis Streams: a message bus and health. Nothing yet. */
@NullMarked
package com.portfolio.infra.redis;

import org.jspecify.annotations.NullMarked;
