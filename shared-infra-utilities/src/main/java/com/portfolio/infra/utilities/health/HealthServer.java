package com.portfolio.infra.utilities.health;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A small HTTP server that answers at {@code /health} and below, and nowhere else.
 *
 * <pre>{@code
 * try (HealthServer server = HealthServer.start(health, 8081)) { … }
 * }</pre>
 *
 * <p>It is heard on this machine alone, unless it is given an address of the network: who probes from outside, as
 * Kubernetes does, needs {@code new InetSocketAddress(8081)}. It answers without a password and in plain text. Its
 * threads are daemons, 16 at most.
 */
public final class HealthServer implements AutoCloseable {

    private static final String PATH = "/health";
    private static final int THREADS = 16;
    private static final long IDLE_SECONDS = 30;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    private HealthServer(HttpServer server, ThreadPoolExecutor threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Answers to this machine, without reasons and details.
     *
     * @param port 0 for any that is free
     * @throws UncheckedIOException if the port is not to be had
     */
    public static HealthServer start(HealthCheckRegistry registry, int port) {
        return start(HealthHandler.of(registry), port);
    }

    /**
     * Answers to this machine.
     *
     * @param port 0 for any that is free
     * @throws UncheckedIOException if the port is not to be had
     */
    public static HealthServer start(HealthHandler handler, int port) {
        return start(handler, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Answers to all who can reach an address.
     *
     * @param address port 0 for any that is free
     * @throws UncheckedIOException if the address is not to be had
     */
    public static HealthServer start(HealthHandler handler, InetSocketAddress address) {
        Objects.requireNonNull(handler, "handler");
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Health can't be told at " + address + " (" + e.getMessage() + "); is the port in use?", e);
        }
        ThreadPoolExecutor threads = threads();
        server.setExecutor(threads);
        server.createContext("/", HealthHandler::nothingHere);
        server.createContext(PATH, handler);
        server.start();
        return new HealthServer(server, threads);
    }

    private static ThreadPoolExecutor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Daemons.numbered("health-http"));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Where it is heard; with the port that was free, if it was asked for any. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Where to ask from this machine. */
    public URI uri() {
        InetAddress bound = address().getAddress();
        InetAddress reached = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        String host = reached.getHostAddress();
        String bracketed = reached instanceof Inet6Address ? "[" + host.replaceAll("%.*", "") + "]" : host;
        return URI.create("http://" + bracketed + ":" + address().getPort() + PATH);
    }

    /** Hears no more and breaks off what it is about to answer. The registry is not closed. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
