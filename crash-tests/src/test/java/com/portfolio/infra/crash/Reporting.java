package com.portfolio.infra.crash;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * How a child process talks to its parent.
 *
 * <p>A line is one write to a pipe, which is atomic up to 4096 bytes: what was said before a SIGKILL is
 * heard, and nothing is heard by half.
 */
final class Reporting {

    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    /** Returns when the parent can read it, whatever then becomes of this process. */
    synchronized void say(Report report) {
        try {
            out.write((report.line() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does something when the parent asks this process to stop; a parent that is gone ends it at once. */
    static void onStop(Runnable stop) {
        Thread thread = new Thread(() -> {
            if (hearsStop()) {
                stop.run();
            } else {
                Runtime.getRuntime().halt(1);
            }
        });
        thread.setName("parent");
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean hearsStop() {
        InputStream parent = System.in;
        try {
            return parent.read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
