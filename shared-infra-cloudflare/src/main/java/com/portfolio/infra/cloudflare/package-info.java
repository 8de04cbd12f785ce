/** Cloudflare: a projection store on Workers KV, a message bus on Queues, and health. Nothing yet. */
@NullMarked
package com.portfolio.infra.cloudflare;

import org.jspecify.annotations.NullMarked;
