package com.portfolio.infra.utilities.middleware;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The names and attributes of {@link SemanticNames} for the observations of {@link MetricsMiddleware}. Extend it to
 * change some of them; {@link #call} tells what is observed.
 *
 * <p>Tags of metrics are the call's kind, operation and system, its attributes and results, and
 * {@value SemanticNames#ERROR_TYPE} if it failed. They are on one line, cut at 256 characters, and without credentials.
 * Details stand in spans alone. Thread-safe.
 */
public class CallObservationConvention implements ObservationConvention<Observation.Context> {

    /** Where a context has the class of the failure. */
    static final String FAILURE = CallObservationConvention.class.getName() + ".failure";

    private static final String NONE = "none";

    /** What the library's own calls of a kind may have beside what all of that kind have. */
    private static final Map<CallKind, List<String>> TAGS = Map.of(
            CallKind.EVENT_STORE, List.of(SemanticNames.DB_COLLECTION_NAME),
            CallKind.PROJECTION_STORE, List.of(SemanticNames.DB_COLLECTION_NAME),
            CallKind.MESSAGE_SEND,
                    List.of(SemanticNames.CLOUDEVENTS_EVENT_TYPE, SemanticNames.MESSAGING_DESTINATION_NAME),
            CallKind.MESSAGE_PROCESS,
                    List.of(
                            SemanticNames.CLOUDEVENTS_EVENT_TYPE,
                            SemanticNames.MESSAGING_DESTINATION_NAME,
                            SemanticNames.MESSAGING_CONSUMER_GROUP_NAME,
                            SemanticNames.MESSAGE_RESULT),
            CallKind.HTTP_SERVER,
                    List.of(
                            SemanticNames.HTTP_REQUEST_METHOD,
                            SemanticNames.URL_SCHEME,
                            SemanticNames.HTTP_ROUTE,
                            SemanticNames.HTTP_RESPONSE_STATUS_CODE),
            CallKind.TASK, List.of(SemanticNames.CLOUDEVENTS_EVENT_TYPE),
            CallKind.OTHER, List.of());

    private final boolean sameTagsAlways;
    private final List<String> own;

    /** A tag stands there only if the call has it, as the conventions have it. */
    public CallObservationConvention() {
        this(false);
    }

    /**
     * For those who extend this.
     *
     * @param sameTagsAlways see {@link #withSameTagsAlways}
     * @param own            see {@link #withSameTagsAlways}
     */
    protected CallObservationConvention(boolean sameTagsAlways, String... own) {
        this.sameTagsAlways = sameTagsAlways;
        this.own = List.of(own);
    }

    /**
     * All metrics of one name have the same tags, whatever was called and however it ended: what a call does not have
     * is {@code none}. For registries that want it so, as Prometheus' does, and would drop the others.
     *
     * @param own the names of the service's own attributes, which become tags of all its metrics; attributes that are
     *            neither among them nor the library's stand in spans alone
     */
    public static CallObservationConvention withSameTagsAlways(String... own) {
        return new CallObservationConvention(true, own);
    }

    /** The call that is observed; empty if the observation is not one of {@link MetricsMiddleware}. */
    public static Optional<Call> call(Observation.Context context) {
        return Optional.ofNullable(context.get(Call.class));
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return call(context).isPresent();
    }

    @Override
    public String getName() {
        return SemanticNames.CALL_DURATION;
    }

    /** The name of the metric for a kind of calls. */
    public String nameFor(CallKind kind) {
        return switch (kind) {
            case EVENT_STORE, PROJECTION_STORE -> SemanticNames.DB_CLIENT_OPERATION_DURATION;
            case MESSAGE_SEND -> SemanticNames.MESSAGING_CLIENT_OPERATION_DURATION;
            case MESSAGE_PROCESS -> SemanticNames.MESSAGING_PROCESS_DURATION;
            case HTTP_SERVER -> SemanticNames.HTTP_SERVER_REQUEST_DURATION;
            case TASK -> SemanticNames.TASK_DURATION;
            case OTHER -> SemanticNames.CALL_DURATION;
        };
    }

    /** The name of the span: the operation, and the route or the destination where there is one. */
    @Override
    public String getContextualName(Observation.Context context) {
        return call(context).map(CallObservationConvention::spanOf).orElse(SemanticNames.CALL_DURATION);
    }

    /** Where a message went is known when it is sent: it is asked for again then. */
    private static String spanOf(Call call) {
        List<String> targets = new ArrayList<>();
        BiConsumer<String, String> target = (name, value) -> {
            if (name.equals(SemanticNames.HTTP_ROUTE)
                    || name.equals(SemanticNames.MESSAGING_DESTINATION_NAME)
                    || name.equals(SemanticNames.DB_COLLECTION_NAME)) {
                targets.add(LogText.brief(value));
            }
        };
        call.forEachAttribute(target);
        call.forEachResult(target);
        return targets.isEmpty() ? call.operation() : call.operation() + " " + targets.get(0);
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(Observation.Context context) {
        Optional<Call> observed = call(context);
        if (observed.isEmpty()) {
            return KeyValues.empty();
        }
        Call call = observed.get();
        Map<String, String> tags = new LinkedHashMap<>();
        ofKind(call, tags);
        BiConsumer<String, String> more = (name, value) -> {
            if (!sameTagsAlways || isTag(call.kind(), name)) {
                tags.put(name, value);
            }
        };
        call.forEachAttribute(more);
        call.forEachResult(more);
        errorType(call, context).ifPresent(type -> tags.put(SemanticNames.ERROR_TYPE, type));
        if (sameTagsAlways) {
            Stream.of(tagsOf(call.kind()), own, List.of(SemanticNames.ERROR_TYPE))
                    .flatMap(List::stream)
                    .forEach(name -> tags.putIfAbsent(name, NONE));
        }
        return keyValues(tags);
    }

    private static List<String> tagsOf(CallKind kind) {
        return TAGS.getOrDefault(kind, List.of());
    }

    private boolean isTag(CallKind kind, String name) {
        return tagsOf(kind).contains(name) || own.contains(name);
    }

    private static KeyValues keyValues(Map<String, String> values) {
        return KeyValues.of(values.entrySet().stream()
                .map(entry -> KeyValue.of(entry.getKey(), LogText.brief(entry.getValue())))
                .toList());
    }

    private static void ofKind(Call call, Map<String, String> tags) {
        switch (call.kind()) {
            case EVENT_STORE, PROJECTION_STORE -> {
                tags.put(SemanticNames.DB_SYSTEM_NAME, call.system());
                tags.put(SemanticNames.DB_OPERATION_NAME, call.operation());
                tags.put(SemanticNames.KIND, call.kind().word());
            }
            case MESSAGE_SEND, MESSAGE_PROCESS -> {
                tags.put(SemanticNames.MESSAGING_SYSTEM, call.system());
                tags.put(SemanticNames.MESSAGING_OPERATION_NAME, call.operation());
                tags.put(
                        SemanticNames.MESSAGING_OPERATION_TYPE,
                        call.kind() == CallKind.MESSAGE_SEND ? "send" : "process");
            }
            case HTTP_SERVER -> {
                // The wrapper of a handler has the method and the scheme among the attributes.
            }
            case TASK, OTHER -> {
                tags.put(SemanticNames.SYSTEM, call.system());
                tags.put(SemanticNames.OPERATION, call.operation());
            }
        }
    }

    /** Of a request, a status of the client's making is no error, as the conventions have it. */
    private static Optional<String> errorType(Call call, Observation.Context context) {
        Optional<String> failure = Optional.ofNullable(context.get(FAILURE));
        int status = call.httpStatus();
        return failure.isEmpty() && ErrorCategory.isServerError(status)
                ? Optional.of(Integer.toString(status))
                : failure;
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(Observation.Context context) {
        Optional<Call> observed = call(context);
        if (observed.isEmpty()) {
            return KeyValues.empty();
        }
        Call call = observed.get();
        Map<String, String> values = new LinkedHashMap<>();
        call.forEachDetail(values::put);
        if (sameTagsAlways) {
            BiConsumer<String, String> more = (name, value) -> {
                if (!isTag(call.kind(), name)) {
                    values.put(name, value);
                }
            };
            call.forEachAttribute(more);
            call.forEachResult(more);
        }
        return keyValues(values);
    }
}
