package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.utilities.eventing.RecordedEventHandler;
import java.util.Objects;

/**
 * A handler of the event log's events with middleware around it. It runs in the trace that the event was appended in, as
 * a span of its own. Failures are thrown as they are: the subscription knows what to do. Thread-safe if the handler is.
 */
public final class MiddlewareRecordedEventHandler implements RecordedEventHandler {

    private final RecordedEventHandler handler;
    private final MiddlewareChain chain;
    private final Call handle;

    /**
     * Around a handler.
     *
     * @param subscription whose handler it is, for logs and metrics
     */
    public MiddlewareRecordedEventHandler(RecordedEventHandler handler, MiddlewareChain chain, String subscription) {
        this.handler = Objects.requireNonNull(handler, "handler");
        this.chain = Objects.requireNonNull(chain, "chain");
        this.handle = Call.of(CallKind.TASK, "handle").system(subscription);
    }

    @Override
    public void handle(RecordedEvent event) throws Exception {
        if (chain.isEmpty()) {
            handler.handle(event);
            return;
        }
        CallDraft about = handle.edit()
                .attribute(SemanticNames.CLOUDEVENTS_EVENT_TYPE, event.type().name())
                .detail(SemanticNames.STREAM, event.stream())
                .detail(SemanticNames.EVENT_ID, event.id());
        Traces.of(event.metadata()).ifPresent(about::parent);
        chain.<Exception>run(about.done(), () -> handler.handle(event));
    }
}
