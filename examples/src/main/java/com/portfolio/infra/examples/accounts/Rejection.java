package com.portfolio.infra.examples.accounts;

/** Why a command was not carried out. A rejection is an answer, not a failure. */
enum Rejection {
    NOT_REGISTERED("the user is not registered"),
    ALREADY_REGISTERED("the user is registered already"),
    DEACTIVATED("the user was deactivated"),
    INVALID_EMAIL("the e-mail address is not one"),
    SAME_EMAIL("the user has this e-mail already"),
    COMMAND_ID_REUSED("the command id was used for something else");

    private final String reason;

    Rejection(String reason) {
        this.reason = reason;
    }

    /** Half a sentence for people. */
    String reason() {
        return reason;
    }
}
