/** The code that the project's README shows. */
@NullMarked
package com.portfolio.infra.examples.readme;

import org.jspecify.annotations.NullMarked;
