/** What the tests of several packages use. */
@NullMarked
package com.portfolio.infra.utilities;

import org.jspecify.annotations.NullMarked;
