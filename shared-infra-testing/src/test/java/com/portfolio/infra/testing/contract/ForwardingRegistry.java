package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.utilities.health.HealthCheckRegistry;
import com.portfolio.infra.utilities.health.HealthCheckSettings;
import com.portfolio.infra.utilities.health.HealthGroup;
import com.portfolio.infra.utilities.health.HealthHandler;
import com.portfolio.infra.utilities.health.HealthListener;
import com.portfolio.infra.utilities.health.HealthReport;
import com.portfolio.infra.utilities.health.HealthServer;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The registry of this project, to break. */
class ForwardingRegistry implements HealthRegistryFixture.Registry {

    private final HealthCheckRegistry right;
    private final List<AutoCloseable> servers = new ArrayList<>();

    ForwardingRegistry(Clock clock) {
        this.right = new HealthCheckRegistry(HealthCheckSettings.defaults(), clock);
    }

    HealthCheckRegistry right() {
        return right;
    }

    @Override
    public void register(String name, HealthCheck check, HealthCheckSettings settings) {
        right.register(name, check, settings);
    }

    @Override
    public HealthReport checkAll() {
        return right.checkAll();
    }

    @Override
    public HealthReport check(HealthGroup group) {
        return right.check(group);
    }

    @Override
    public HealthResult check() {
        return right.check();
    }

    @Override
    public void addListener(HealthListener listener) {
        right.addListener(listener);
    }

    @Override
    public void shutdown() {
        right.shutdown();
    }

    @Override
    public URI serve(boolean details) {
        return serve(HealthHandler.of(right).showingDetails(details));
    }

    URI serve(HealthHandler handler) {
        HealthServer server = HealthServer.start(handler, 0);
        servers.add(server);
        return server.uri();
    }

    @Override
    public void close() {
        for (AutoCloseable server : servers) {
            try {
                server.close();
            } catch (Exception e) {
                throw new AssertionError("A server of health could not be closed.", e);
            }
        }
        right.close();
    }

    void closeToo(AutoCloseable server) {
        servers.add(server);
    }
}
