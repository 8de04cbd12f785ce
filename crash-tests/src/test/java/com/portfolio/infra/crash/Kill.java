package com.portfolio.infra.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What can be killed. */
enum Kill {
    /** SIGKILL to the process that writes. */
    WRITER,
    /** SIGKILL to the plain subscriber. */
    WATCHER,
    /** SIGKILL to the subscriber that projects. */
    PROJECTOR,
    /** SIGKILL to the PostgreSQL server and every process of it. */
    SERVER,
    /** SIGKILL to both the server and the process that writes, before the server is back. */
    SERVER_AND_WRITER,
    /** PostgreSQL's immediate shutdown. */
    SERVER_STOP,
    /** SIGKILL to the process behind one session, for which the server ends all sessions and recovers. */
    BACKEND,
    /** The server is told to end one session; the others go on. */
    SESSION;

    /** Each kind so often, in an order that the seed decides. */
    static List<Kill> plan(int ofEach, Random random) {
        List<Kill> plan = new ArrayList<>();
        for (Kill kill : values()) {
            plan.addAll(Collections.nCopies(ofEach, kill));
        }
        Collections.shuffle(plan, random);
        return plan;
    }
}
