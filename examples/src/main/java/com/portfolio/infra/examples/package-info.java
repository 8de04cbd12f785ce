/** The quickstart: an accounts service and a notifications service. Nothing yet. */
@NullMarked
package com.portfolio.infra.examples;

import org.jspecify.annotations.NullMarked;
