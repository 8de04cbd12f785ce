package com.portfolio.infra.utilities.configuration;

/** Whether connections to other machines are encrypted. To this machine they need not be. */
public enum Tls {
    /** They are, and the other side's certificate is checked; an address that says otherwise is a problem. */
    VERIFY,
    /** As the address says. */
    OFF
}
