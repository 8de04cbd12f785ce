package com.portfolio.infra.utilities.middleware;

/**
 * The names of metrics and attributes, as the
 * <a href="https://opentelemetry.io/docs/specs/semconv/">OpenTelemetry semantic conventions</a> have them: those of
 * databases and HTTP are stable, those of messaging still in development. Names that begin with {@code shared_infra} are
 * the library's own, for what the conventions have no name for.
 */
public final class SemanticNames {

    /** How long a call of a database took. */
    public static final String DB_CLIENT_OPERATION_DURATION = "db.client.operation.duration";

    /** How long it took to send a message. */
    public static final String MESSAGING_CLIENT_OPERATION_DURATION = "messaging.client.operation.duration";

    /** How long it took to handle a message. */
    public static final String MESSAGING_PROCESS_DURATION = "messaging.process.duration";

    /** How long it took to answer a request. */
    public static final String HTTP_SERVER_REQUEST_DURATION = "http.server.request.duration";

    /** How long a task of the service's own took. */
    public static final String TASK_DURATION = "shared_infra.task.duration";

    /** How long a call of anything else took. */
    public static final String CALL_DURATION = "shared_infra.call.duration";

    /** The class of the failure, or the status of a response; there is none on success. */
    public static final String ERROR_TYPE = "error.type";

    /** Which database. */
    public static final String DB_SYSTEM_NAME = "db.system.name";

    /** Which operation of a database. */
    public static final String DB_OPERATION_NAME = "db.operation.name";

    /** Which collection or table; here, which projection. */
    public static final String DB_COLLECTION_NAME = "db.collection.name";

    /** Which messaging system. */
    public static final String MESSAGING_SYSTEM = "messaging.system";

    /** Which operation of a messaging system, in its own words. */
    public static final String MESSAGING_OPERATION_NAME = "messaging.operation.name";

    /** Which kind of operation: {@code send} or {@code process}. */
    public static final String MESSAGING_OPERATION_TYPE = "messaging.operation.type";

    /** Which topic, stream or queue. */
    public static final String MESSAGING_DESTINATION_NAME = "messaging.destination.name";

    /** Which group of consumers. */
    public static final String MESSAGING_CONSUMER_GROUP_NAME = "messaging.consumer.group.name";

    /** The id of a message. */
    public static final String MESSAGING_MESSAGE_ID = "messaging.message.id";

    /** The correlation id of a message. */
    public static final String MESSAGING_MESSAGE_CONVERSATION_ID = "messaging.message.conversation_id";

    /** The type of an event or a message. */
    public static final String CLOUDEVENTS_EVENT_TYPE = "cloudevents.event_type";

    /** The method of a request; {@code _OTHER} for one that is not known. */
    public static final String HTTP_REQUEST_METHOD = "http.request.method";

    /** The status of a response. */
    public static final String HTTP_RESPONSE_STATUS_CODE = "http.response.status_code";

    /** The template of a request's path. */
    public static final String HTTP_ROUTE = "http.route";

    /** {@code http} or {@code https}. */
    public static final String URL_SCHEME = "url.scheme";

    /** The path of a request. */
    public static final String URL_PATH = "url.path";

    /** Which {@link CallKind} a call is of. */
    public static final String KIND = "shared_infra.kind";

    /** What was done, where the conventions have no name for it. */
    public static final String OPERATION = "shared_infra.operation";

    /** What was called, where the conventions have no name for it. */
    public static final String SYSTEM = "shared_infra.system";

    /** The stream of an append or a read. */
    public static final String STREAM = "shared_infra.stream";

    /** The id of an event. */
    public static final String EVENT_ID = "shared_infra.event.id";

    /** The id of a document. */
    public static final String DOCUMENT_ID = "shared_infra.document.id";

    /** The key of a message. */
    public static final String MESSAGE_KEY = "shared_infra.message.key";

    /** Which attempt at a message it was. */
    public static final String MESSAGE_ATTEMPT = "shared_infra.message.attempt";

    /** What becomes of a message: {@code ack}, {@code retry}, {@code postpone} or {@code dead_letter}. */
    public static final String MESSAGE_RESULT = "shared_infra.message.result";

    private SemanticNames() {}
}
