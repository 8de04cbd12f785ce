-- What the other contenders write to. Ours is made by the library's own migration.

-- Plain JDBC and pgbench: the columns and the indexes of our events, and no row for a stream.
CREATE SCHEMA plain;
CREATE SEQUENCE plain.event_position;
CREATE TABLE plain.events (
    position       bigint      NOT NULL,
    version        bigint      NOT NULL,
    recorded_at    timestamptz NOT NULL,
    event_id       uuid        NOT NULL,
    schema_version int         NOT NULL,
    stream_id      text        COLLATE "C" NOT NULL,
    type           text        COLLATE "C" NOT NULL,
    data           text        NOT NULL,
    metadata       text,
    CONSTRAINT events_pk PRIMARY KEY (position),
    CONSTRAINT events_version UNIQUE (stream_id, version)
);
CREATE INDEX events_event_id ON plain.events (event_id);

CREATE SCHEMA pgbench;
CREATE SEQUENCE pgbench.event_position;
CREATE TABLE pgbench.events (LIKE plain.events INCLUDING ALL);

-- As most people write their first event store.
CREATE SCHEMA straightforward;
CREATE TABLE straightforward.events (
    id         bigserial   PRIMARY KEY,
    stream_id  text        NOT NULL,
    version    bigint      NOT NULL,
    type       text        NOT NULL,
    data       jsonb       NOT NULL,
    metadata   jsonb       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (stream_id, version)
);
