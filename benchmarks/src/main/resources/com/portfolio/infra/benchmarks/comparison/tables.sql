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

-- What a function costs: the same insert by one that the role of ours could call, and by one that keeps a stream's version
-- in a row as well. They check nothing else.
CREATE SCHEMA called;
CREATE SEQUENCE called.event_position;
CREATE TABLE called.events (LIKE plain.events INCLUDING ALL);

CREATE FUNCTION called.append(
    p_version bigint, p_stream text,
    p_event_ids uuid[], p_schema_versions int[], p_types text[], p_data text[], p_metadata text[])
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
AS $$
BEGIN
    INSERT INTO called.events (position, version, recorded_at, event_id, schema_version, stream_id, type, data, metadata)
    SELECT nextval('called.event_position'), p_version + a.ord, clock_timestamp(), a.event_id, a.schema_version, p_stream,
           a.type, a.data, a.metadata
      FROM unnest(p_event_ids, p_schema_versions, p_types, p_data, p_metadata)
           WITH ORDINALITY AS a (event_id, schema_version, type, data, metadata, ord);
    RETURN p_version;
END $$;

CREATE SCHEMA counted;
CREATE SEQUENCE counted.event_position;
CREATE TABLE counted.events (LIKE plain.events INCLUDING ALL);
CREATE TABLE counted.streams (
    version   bigint NOT NULL,
    stream_id text   COLLATE "C" NOT NULL PRIMARY KEY
) WITH (fillfactor = 70);

CREATE FUNCTION counted.append(
    p_version bigint, p_stream text,
    p_event_ids uuid[], p_schema_versions int[], p_types text[], p_data text[], p_metadata text[])
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
AS $$
DECLARE
    v_version bigint;
BEGIN
    UPDATE counted.streams AS s SET version = s.version + cardinality(p_event_ids)
     WHERE s.stream_id = p_stream AND s.version = p_version
    RETURNING s.version INTO v_version;
    IF v_version IS NULL THEN
        INSERT INTO counted.streams (version, stream_id) VALUES (cardinality(p_event_ids), p_stream);
    END IF;
    INSERT INTO counted.events (position, version, recorded_at, event_id, schema_version, stream_id, type, data, metadata)
    SELECT nextval('counted.event_position'), p_version + a.ord, clock_timestamp(), a.event_id, a.schema_version, p_stream,
           a.type, a.data, a.metadata
      FROM unnest(p_event_ids, p_schema_versions, p_types, p_data, p_metadata)
           WITH ORDINALITY AS a (event_id, schema_version, type, data, metadata, ord);
    RETURN v_version;
END $$;

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
