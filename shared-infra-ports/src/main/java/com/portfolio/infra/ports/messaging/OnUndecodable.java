package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;

/**
 * What becomes of a message that is no CloudEvent, or whose data fits no class of its type. It is not
 * retried and does not stop the subscription, either way. (A message of a type that the subscription did
 * not ask for is always passed over, undecoded.)
 */
@Experimental
public enum OnUndecodable {

    /** It goes to the group's dead letters at once. */
    DEAD_LETTER,

    /** It is acknowledged, and only logged and counted. */
    IGNORE
}
