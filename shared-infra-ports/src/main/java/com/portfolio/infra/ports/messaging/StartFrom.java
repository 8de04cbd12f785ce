package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;

/** Where a new group starts. One that the broker knows goes on where it was. */
@Experimental
public enum StartFrom {

    /** With the oldest message that the broker keeps. */
    EARLIEST,

    /** With what is published once the subscription is {@linkplain Subscription#ready() ready}. */
    LATEST
}
