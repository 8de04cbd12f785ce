package com.portfolio.infra.utilities.middleware;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names and attributes of {@link SemanticNames} for the observations of {@link MetricsMiddleware}. Extend it to
 * change some of them; {@link #call} tells what is observed.
 *
 * <p>Tags of metrics are the call's kind, operation and system, its attributes and results, and
 * {@value SemanticNames#ERROR_TYPE} if it failed. Details stand in spans alone. Thread-safe.
 */
public class CallObservationConvention implements ObservationConvention<Observation.Context> {

    /** Where a context has the class of the failure. */
    static final String FAILURE = CallObservationConvention.class.getName() + ".failure";

    private static final int FIRST_SERVER_ERROR = 500;

    private final Optional<String> errorTypeOfSuccess;

    /** {@value SemanticNames#ERROR_TYPE} stands there only if the call failed, as the conventions have it. */
    public CallObservationConvention() {
        this(Optional.empty());
    }

    private CallObservationConvention(Optional<String> errorTypeOfSuccess) {
        this.errorTypeOfSuccess = errorTypeOfSuccess;
    }

    /**
     * {@value SemanticNames#ERROR_TYPE} is {@code none} if the call succeeded: for registries that want all meters of
     * one name to have the same tags, as Prometheus' does, and would drop those of failures.
     */
    public static CallObservationConvention withSameTagsAlways() {
        return new CallObservationConvention(Optional.of("none"));
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

    private static String spanOf(Call call) {
        List<String> targets = new ArrayList<>();
        call.forEachAttribute((name, value) -> {
            if (name.equals(SemanticNames.HTTP_ROUTE) || name.equals(SemanticNames.MESSAGING_DESTINATION_NAME)) {
                targets.add(value);
            }
        });
        return targets.isEmpty() ? call.operation() : call.operation() + " " + targets.get(0);
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(Observation.Context context) {
        Optional<Call> observed = call(context);
        if (observed.isEmpty()) {
            return KeyValues.empty();
        }
        Call call = observed.get();
        List<KeyValue> values = new ArrayList<>();
        ofKind(call, values);
        call.forEachAttribute((name, value) -> values.add(KeyValue.of(name, value)));
        call.forEachResult((name, value) -> values.add(KeyValue.of(name, value)));
        errorType(call, context)
                .or(() -> errorTypeOfSuccess)
                .ifPresent(type -> values.add(KeyValue.of(SemanticNames.ERROR_TYPE, type)));
        return KeyValues.of(values);
    }

    private static void ofKind(Call call, List<KeyValue> values) {
        switch (call.kind()) {
            case EVENT_STORE, PROJECTION_STORE -> {
                values.add(KeyValue.of(SemanticNames.DB_SYSTEM_NAME, call.system()));
                values.add(KeyValue.of(SemanticNames.DB_OPERATION_NAME, call.operation()));
                values.add(KeyValue.of(SemanticNames.KIND, call.kind().word()));
            }
            case MESSAGE_SEND, MESSAGE_PROCESS -> {
                values.add(KeyValue.of(SemanticNames.MESSAGING_SYSTEM, call.system()));
                values.add(KeyValue.of(SemanticNames.MESSAGING_OPERATION_NAME, call.operation()));
                values.add(KeyValue.of(
                        SemanticNames.MESSAGING_OPERATION_TYPE,
                        call.kind() == CallKind.MESSAGE_SEND ? "send" : "process"));
            }
            case HTTP_SERVER -> {
                // The wrapper of a handler has the method and the scheme among the attributes.
            }
            case TASK, OTHER -> {
                values.add(KeyValue.of(SemanticNames.SYSTEM, call.system()));
                values.add(KeyValue.of(SemanticNames.OPERATION, call.operation()));
            }
        }
    }

    /** Of a request, a status of the client's making is no error, as the conventions have it. */
    private static Optional<String> errorType(Call call, Observation.Context context) {
        Optional<String> failure = Optional.ofNullable(context.get(FAILURE));
        if (call.kind() != CallKind.HTTP_SERVER) {
            return failure;
        }
        List<String> status = new ArrayList<>();
        call.forEachResult((name, value) -> {
            if (name.equals(SemanticNames.HTTP_RESPONSE_STATUS_CODE) && isServerError(value)) {
                status.add(value);
            }
        });
        return failure.or(() -> status.stream().findFirst());
    }

    private static boolean isServerError(String status) {
        return status.length() == 3 && Integer.parseInt(status) >= FIRST_SERVER_ERROR;
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(Observation.Context context) {
        Optional<Call> observed = call(context);
        if (observed.isEmpty()) {
            return KeyValues.empty();
        }
        List<KeyValue> values = new ArrayList<>();
        observed.get().forEachDetail((name, value) -> values.add(KeyValue.of(name, LogText.of(value, LogText.SHORT))));
        return KeyValues.of(values);
    }
}
