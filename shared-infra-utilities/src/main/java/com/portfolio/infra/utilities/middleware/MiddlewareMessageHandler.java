package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.messaging.DeliveryContext;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageHandler;
import java.util.Objects;
import java.util.Optional;

/**
 * A handler of messages with middleware around it.
 *
 * <p>The handler runs in the trace that the message came with, as a span of its own. If the chain has an
 * {@link ErrorHandlingMiddleware}, a failure becomes what it {@linkplain ErrorHandlingMiddleware#decide decides}, and is
 * thrown as it is where it decides nothing; an {@link Error} always is. Thread-safe if the handler is.
 *
 * @param <T> the class of the data
 */
@Experimental
public final class MiddlewareMessageHandler<T> implements MessageHandler<T> {

    private final MessageHandler<T> handler;
    private final MiddlewareChain chain;
    private final Call process;

    /** Around a handler. */
    public MiddlewareMessageHandler(MessageHandler<T> handler, MiddlewareChain chain) {
        this(handler, chain, Call.UNKNOWN);
    }

    /**
     * Around a handler.
     *
     * @param system the technology of the bus, such as {@code kafka} or {@code memory}
     */
    public MiddlewareMessageHandler(MessageHandler<T> handler, MiddlewareChain chain, String system) {
        this.handler = Objects.requireNonNull(handler, "handler");
        this.chain = Objects.requireNonNull(chain, "chain");
        this.process = Call.of(CallKind.MESSAGE_PROCESS, "process").system(system);
    }

    @Override
    public HandlerResult handle(Message<T> message, DeliveryContext context) throws Exception {
        if (chain.isEmpty()) {
            return handler.handle(message, context);
        }
        Outcome outcome = new Outcome();
        Call call = about(message, context)
                .result(SemanticNames.MESSAGE_RESULT, () -> outcome.word)
                .done();
        try {
            return chain.<HandlerResult, Exception>call(call, () -> {
                try {
                    HandlerResult result = handler.handle(message, context);
                    outcome.word = Optional.of(word(result));
                    return result;
                } catch (Exception e) {
                    // Decided in here, so that the middleware can tell of it beside the failure.
                    outcome.decided = chain.errors().flatMap(errors -> errors.decide(e));
                    outcome.word = Optional.of(
                            outcome.decided.map(MiddlewareMessageHandler::word).orElse("retry"));
                    throw e;
                }
            });
        } catch (Exception e) {
            if (outcome.decided.isPresent()) {
                return outcome.decided.get();
            }
            throw e;
        }
    }

    /** What became of a message; of one thread. */
    private static final class Outcome {

        private Optional<HandlerResult> decided = Optional.empty();
        private Optional<String> word = Optional.empty();
    }

    private CallDraft about(Message<T> message, DeliveryContext context) {
        CallDraft about = MiddlewareMessagePublisher.about(message, process)
                .attribute(SemanticNames.MESSAGING_DESTINATION_NAME, context.destination())
                .attribute(SemanticNames.MESSAGING_CONSUMER_GROUP_NAME, context.group())
                .detail(SemanticNames.MESSAGE_ATTEMPT, context.attempt());
        message.trace().ifPresent(about::parent);
        return about;
    }

    private static String word(HandlerResult result) {
        if (result instanceof HandlerResult.Retry) {
            return "retry";
        }
        if (result instanceof HandlerResult.Postpone) {
            return "postpone";
        }
        return result instanceof HandlerResult.ToDeadLetters ? "dead_letter" : "ack";
    }
}
