/** What every test of this project leaves behind to be searched for credentials, beside the log and the exceptions. */
@NullMarked
package com.portfolio.infra.testrecords;

import org.jspecify.annotations.NullMarked;
