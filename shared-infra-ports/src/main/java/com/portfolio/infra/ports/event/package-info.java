/**
 * What an event is, to whoever stores or sends it: the marks a service puts on its own records, their
 * logical names, their encoding, and the metadata that travels with them.
 */
@NullMarked
package com.portfolio.infra.ports.event;

import org.jspecify.annotations.NullMarked;
