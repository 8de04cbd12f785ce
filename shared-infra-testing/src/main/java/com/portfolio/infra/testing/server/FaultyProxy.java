package com.portfolio.infra.testing.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on 127.0.0.1 in front of a server, which delays, cuts, refuses, freezes and counts.
 *
 * <p>It knows nothing of the protocol. Faults can be changed at any time and hold for connections that are
 * open already. A cut closes both sides; what was forwarded before arrives. Thread-safe.
 */
public final class FaultyProxy implements AutoCloseable {

    /** Which way bytes go. */
    public enum Direction {
        /** From the client to the server. */
        TO_SERVER,
        /** From the server to the client. */
        TO_CLIENT
    }

    private static final int BACKLOG = 1_024;
    private static final int CONNECT_MILLIS = 5_000;

    private final InetSocketAddress server;
    private final InetSocketAddress address;
    private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Collection<Cut> cuts = new CopyOnWriteArrayList<>();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong bytesToServer = new AtomicLong();
    private final AtomicLong bytesToClient = new AtomicLong();
    private volatile Duration latencyToServer = Duration.ZERO;
    private volatile Duration latencyToClient = Duration.ZERO;
    private final Object flow = new Object();
    private boolean stalled;
    private @Nullable Listener listener;
    private boolean closed;

    private FaultyProxy(InetSocketAddress server, int port) {
        this.server = server;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress().getHostAddress(), port);
    }

    /** Opens a proxy on a free port in front of {@code server}, which need not run yet. */
    public static FaultyProxy to(InetSocketAddress server) {
        FaultyProxy proxy = new FaultyProxy(Objects.requireNonNull(server, "server"), FreePorts.next());
        proxy.accept();
        return proxy;
    }

    /** Where clients connect to. */
    public InetSocketAddress address() {
        return address;
    }

    /** Delays what comes from now on; zero ends it. Making a connection is not delayed. */
    public void latency(Duration toServer, Duration toClient) {
        latencyToServer = Objects.requireNonNull(toServer, "toServer");
        latencyToClient = Objects.requireNonNull(toClient, "toClient");
    }

    /** Cuts every open connection now; new ones are still accepted. */
    public void cutAll() {
        connections.forEach(ProxyConnection::close);
    }

    /** Refuses new connections, until {@link #accept()}; those that are open stay. */
    public synchronized void refuse() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    /** Accepts connections again, on the same port. */
    public synchronized void accept() {
        if (closed) {
            throw new IllegalStateException("The proxy was closed.");
        }
        if (listener == null) {
            listener = new Listener();
        }
    }

    /** Forwards nothing in either direction, until {@link #resume()}; new connections are accepted and hang too. */
    public void stall() {
        synchronized (flow) {
            stalled = true;
        }
    }

    /** Forwards what has waited since {@link #stall()}, and all that comes. */
    public void resume() {
        synchronized (flow) {
            stalled = false;
            flow.notifyAll();
        }
    }

    /**
     * Cuts, once, the connection that forwards the last of the next {@code bytes} bytes in that direction,
     * counted over all connections. Exactly these bytes are forwarded.
     */
    public Cut cutAfter(Direction direction, long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("A cut comes after at least one byte, not after " + bytes + ".");
        }
        return arm(Cut.after(direction, bytes));
    }

    /**
     * Cuts, once, the first connection that is about to forward {@code pattern} in that direction. What comes
     * before it is forwarded. Where the pattern comes in pieces, those before the last one are forwarded too, as
     * the proxy can't know what follows; the whole of it never is.
     */
    public Cut cutAt(Direction direction, byte[] pattern) {
        return arm(Cut.at(direction, pattern));
    }

    private Cut arm(Cut cut) {
        cuts.add(cut);
        return cut;
    }

    /** What has gone through so far. */
    public Traffic traffic() {
        return new Traffic(accepted.get(), roundTrips.get(), bytesToServer.get(), bytesToClient.get());
    }

    /** How many connections are open. */
    public int openConnections() {
        return connections.size();
    }

    Duration latency(Direction direction) {
        return direction == Direction.TO_SERVER ? latencyToServer : latencyToClient;
    }

    Collection<Cut> cuts() {
        return cuts;
    }

    void made(Cut cut) {
        cuts.remove(cut);
        cut.done();
    }

    void count(Direction direction, int bytes) {
        (direction == Direction.TO_SERVER ? bytesToServer : bytesToClient).addAndGet(bytes);
    }

    void countRoundTrip() {
        roundTrips.incrementAndGet();
    }

    void forget(ProxyConnection connection) {
        connections.remove(connection);
    }

    void awaitFlow() throws InterruptedException {
        synchronized (flow) {
            while (stalled) {
                flow.wait();
            }
        }
    }

    /** Cuts every connection and stops listening; no thread of the proxy is left afterwards. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            refuse();
        }
        cutAll();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listens until it is closed. */
    private final class Listener {

        private final ServerSocket socket;
        private final Thread thread;

        Listener() {
            try {
                socket = new ServerSocket();
                socket.setReuseAddress(true);
                socket.bind(address, BACKLOG);
            } catch (IOException e) {
                throw new EmbeddedServerException("The proxy can't listen on " + address + ": " + e, e);
            }
            thread = new Thread(this::listen, "faulty-proxy-" + address.getPort());
            thread.setDaemon(true);
            thread.start();
        }

        private void listen() {
            while (true) {
                Socket client;
                try {
                    client = socket.accept();
                } catch (IOException e) {
                    // Closed.
                    return;
                }
                connect(client);
            }
        }

        private void connect(Socket client) {
            long number = accepted.incrementAndGet();
            Socket upstream = new Socket();
            try {
                upstream.connect(server, CONNECT_MILLIS);
                upstream.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
            } catch (IOException e) {
                // The server can't be reached; the client sees its connection end.
                closeQuietly(client);
                closeQuietly(upstream);
                return;
            }
            ProxyConnection connection =
                    new ProxyConnection(FaultyProxy.this, thread.getName() + "-" + number, client, upstream);
            connections.add(connection);
            threads.removeIf(earlier -> !earlier.isAlive());
            threads.addAll(connection.start());
        }

        void close() {
            closeQuietly(socket);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new EmbeddedServerException("A socket could not be closed.", e);
        }
    }
}
