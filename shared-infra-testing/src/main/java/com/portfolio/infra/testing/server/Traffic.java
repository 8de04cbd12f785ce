package com.portfolio.infra.testing.server;

/**
 * What has gone through a {@link FaultyProxy}.
 *
 * @param connections   connections that clients made
 * @param roundTrips    how often a server spoke after its client had spoken, over all connections. For a
 *     protocol of requests and replies these are the round trips: a request written in pieces, or a reply
 *     in pieces, is one. Counted before the client sees the reply
 * @param bytesToServer bytes forwarded to the server
 * @param bytesToClient bytes forwarded to clients
 */
public record Traffic(long connections, long roundTrips, long bytesToServer, long bytesToClient) {

    /** What has been added since {@code earlier}. */
    public Traffic since(Traffic earlier) {
        return new Traffic(
                connections - earlier.connections,
                roundTrips - earlier.roundTrips,
                bytesToServer - earlier.bytesToServer,
                bytesToClient - earlier.bytesToClient);
    }
}
