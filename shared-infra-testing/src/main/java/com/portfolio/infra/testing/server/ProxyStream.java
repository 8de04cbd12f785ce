package com.portfolio.infra.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction of a connection through a {@link FaultyProxy}: one thread reads, another writes what is due.
 *
 * <p>Each piece carries the time at which it may go on, so that a delay costs no throughput. When more than a
 * bound waits, reading stops, as with a network that is full.
 */
final class ProxyStream {

    private static final int PIECE = 64 * 1024;
    private static final int MOST_WAITING = 16 * 1024 * 1024;

    /** No bytes stand for the end of the stream. */
    private record Piece(ByteBuffer content, long due) {}

    private final FaultyProxy proxy;
    private final FaultyProxy.Direction direction;
    private final ProxyConnection connection;
    private final Socket source;
    private final Socket target;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int waiting;

    ProxyStream(
            FaultyProxy proxy,
            FaultyProxy.Direction direction,
            ProxyConnection connection,
            Socket source,
            Socket target) {
        this.proxy = proxy;
        this.direction = direction;
        this.connection = connection;
        this.source = source;
        this.target = target;
    }

    List<Thread> threads(String name) {
        return List.of(
                thread(name + "-" + direction + "-reader", this::read),
                thread(name + "-" + direction + "-writer", this::write));
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private Thread thread(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        // Either side is gone, or the connection was cut; what is left of it goes too.
                        connection.close();
                    }
                },
                name);
        thread.setDaemon(true);
        return thread;
    }

    private void read() throws IOException, InterruptedException {
        InputStream input = source.getInputStream();
        byte[] buffer = new byte[PIECE];
        while (true) {
            int count = input.read(buffer);
            if (count > 0) {
                connection.spoke(direction);
            }
            put(Arrays.copyOf(buffer, Math.max(0, count)));
            if (count < 0) {
                return;
            }
        }
    }

    private void write() throws IOException, InterruptedException {
        OutputStream output = target.getOutputStream();
        while (true) {
            byte[] bytes = take();
            proxy.awaitFlow();
            if (bytes.length == 0) {
                target.shutdownOutput();
                connection.ended();
                return;
            }
            if (!forward(output, bytes)) {
                return;
            }
        }
    }

    /** Writes {@code bytes}, or the part of them that passes before a cut, and makes the cut. */
    private boolean forward(OutputStream output, byte[] bytes) throws IOException {
        for (Cut cut : proxy.cuts()) {
            int passes = cut.passes(direction, this, bytes);
            if (passes >= 0) {
                proxy.count(direction, passes);
                output.write(bytes, 0, passes);
                // Before the end of the connection tells of it.
                proxy.made(cut);
                connection.close();
                return false;
            }
        }
        proxy.count(direction, bytes.length);
        output.write(bytes);
        return true;
    }

    private void put(byte[] bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting >= MOST_WAITING) {
                changed.await();
            }
            pieces.add(new Piece(
                    ByteBuffer.wrap(bytes),
                    System.nanoTime() + proxy.latency(direction).toNanos()));
            waiting += bytes.length;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private byte[] take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long early = untilDue(); early > 0; early = untilDue()) {
                changed.awaitNanos(early);
            }
            byte[] bytes = pieces.remove().content().array();
            waiting -= bytes.length;
            changed.signalAll();
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    private long untilDue() {
        Piece first = pieces.peek();
        return first == null ? Long.MAX_VALUE : first.due() - System.nanoTime();
    }
}
