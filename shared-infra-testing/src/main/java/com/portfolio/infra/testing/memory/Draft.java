package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.NewEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A request with everything in it written out, as it would be sent to a server. */
record Draft(AppendRequest request, List<Line> lines) {

    record Line(UUID id, EncodedPayload payload, String metadata) {}

    static Draft of(AppendRequest request, EventCodec codec) {
        List<Line> lines = new ArrayList<>(request.events().size());
        for (NewEvent event : request.events()) {
            lines.add(new Line(
                    event.id(), codec.encode(event.payload()), codec.encodeMetadata(request.metadataOf(event))));
        }
        return new Draft(request, List.copyOf(lines));
    }
}
