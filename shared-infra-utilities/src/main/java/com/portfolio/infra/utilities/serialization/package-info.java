/**
 * Events and documents as JSON.
 *
 * <p>{@link com.portfolio.infra.utilities.serialization.JacksonEventCodec} is the codec that every adapter
 * is handed, {@link com.portfolio.infra.utilities.serialization.JsonDocuments} does the same for the
 * documents of projections. Both write and read alike, and promise the same: what comes back equals what
 * went in, the text never chooses a class, and no message of an error holds a value.
 */
@NullMarked
package com.portfolio.infra.utilities.serialization;

import org.jspecify.annotations.NullMarked;
