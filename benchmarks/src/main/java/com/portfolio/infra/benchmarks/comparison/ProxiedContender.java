package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.Traffic;
import java.util.Locale;
import java.util.Optional;

/** A contender who reaches the server through a proxy, which counts. */
final class ProxiedContender implements Contender {

    private final Contender contender;
    private final FaultyProxy proxy;
    private long roundTrips;
    private long appends;

    ProxiedContender(Contender contender, FaultyProxy proxy) {
        this.contender = contender;
        this.proxy = proxy;
    }

    @Override
    public String name() {
        return contender.name();
    }

    @Override
    public void prepare() throws Exception {
        contender.prepare();
    }

    @Override
    public Slice run(int count) throws Exception {
        // HikariCP asks a connection that was idle for half a second whether it lives, which is a round trip too.
        contender.run(1);
        Traffic before = proxy.traffic();
        Slice slice = contender.run(count);
        roundTrips += proxy.traffic().since(before).roundTrips();
        appends += count;
        return slice;
    }

    /** How many round trips an append took, on average. */
    double roundTripsAnAppend() {
        return (double) roundTrips / appends;
    }

    @Override
    public Optional<String> remark() {
        return Optional.of(String.format(Locale.ROOT, "%.2f round trips an append", roundTripsAnAppend()));
    }

    @Override
    public void verify() throws Exception {
        contender.verify();
    }

    @Override
    public void close() {
        contender.close();
        proxy.close();
    }
}
