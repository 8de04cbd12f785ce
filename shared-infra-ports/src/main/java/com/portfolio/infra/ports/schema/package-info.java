/**
 * The schemas of events: {@link com.portfolio.infra.ports.schema.SchemaRegistry} keeps the versions of
 * each, and refuses one that would break whoever reads or writes the others.
 */
@NullMarked
package com.portfolio.infra.ports.schema;

import org.jspecify.annotations.NullMarked;
