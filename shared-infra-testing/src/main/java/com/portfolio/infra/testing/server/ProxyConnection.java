package com.portfolio.infra.testing.server;

import com.portfolio.infra.testing.server.FaultyProxy.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;

/** A client's connection through a {@link FaultyProxy} to the server. */
final class ProxyConnection {

    private final FaultyProxy proxy;
    private final Socket client;
    private final Socket server;
    private final List<Thread> threads;
    private boolean clientSpokeLast;
    private int ends;

    ProxyConnection(FaultyProxy proxy, String name, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
        this.threads = Stream.of(
                        new ProxyStream(proxy, Direction.TO_SERVER, this, client, server),
                        new ProxyStream(proxy, Direction.TO_CLIENT, this, server, client))
                .flatMap(stream -> stream.threads(name).stream())
                .toList();
    }

    /** Starts to forward; returns the threads that do. */
    List<Thread> start() {
        threads.forEach(Thread::start);
        return threads;
    }

    /** Bytes in that direction have come. */
    synchronized void spoke(Direction direction) {
        boolean fromClient = direction == Direction.TO_SERVER;
        if (!fromClient && clientSpokeLast) {
            proxy.countRoundTrip();
        }
        clientSpokeLast = fromClient;
    }

    /** One direction has forwarded all it will; the connection ends with the second. */
    void ended() {
        boolean last;
        synchronized (this) {
            last = ++ends == 2;
        }
        if (last) {
            close();
        }
    }

    /** Cuts both sides. Closing again does nothing. */
    void close() {
        proxy.forget(this);
        try (client;
                server) {
            threads.forEach(Thread::interrupt);
        } catch (IOException e) {
            throw new UncheckedIOException("A connection could not be closed.", e);
        }
    }
}
