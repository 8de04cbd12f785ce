/**
 * Read models: documents under ids, which a projection writes and queries read.
 *
 * <p>What a technology can't do, its type does not offer: each interface here adds one ability to the one
 * before it, and a service asks for the smallest that it needs.
 */
@NullMarked
package com.portfolio.infra.ports.projection;

import org.jspecify.annotations.NullMarked;
