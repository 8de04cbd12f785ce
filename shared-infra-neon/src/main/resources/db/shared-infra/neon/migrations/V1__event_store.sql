-- Event store for PostgreSQL 15 to 18 (and Neon).
--
-- ${schema} is replaced by Flyway (placeholder) or by  envsubst '${schema}'  ; it must be a plain lower-case identifier.
-- Run as the owner (migrator) over a direct connection. Afterwards run roles.sql.

CREATE SCHEMA IF NOT EXISTS ${schema};

-- ---------------------------------------------------------------------------------------------------------------------
-- One row a stream: the lock of its writers, its version, its state.
-- No index but the primary key, so that the update of version is HOT; fillfactor leaves the room for it.
-- collate "C": ids are compared byte by byte, which is several times faster than by a language's rules, and independent
-- of the operating system's (an upgrade of libc can't corrupt the index).
-- Fixed-width columns stand first: no padding.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE TABLE ${schema}.streams (
    version   bigint   NOT NULL,                             -- number of events ever appended
    state     smallint NOT NULL DEFAULT 0,                   -- 0 open, 1 archived (read only), 2 tombstoned (gone, name taken)
    stream_id text     COLLATE "C" NOT NULL,
    CONSTRAINT streams_pk PRIMARY KEY (stream_id),
    CONSTRAINT streams_id_length CHECK (length(stream_id) BETWEEN 1 AND 255)
) WITH (fillfactor = 70);

-- ---------------------------------------------------------------------------------------------------------------------
-- Positions. Drawn only inside append, after the writer has registered; hence no default on events.position.
-- cache 1 is what makes positions grow in the order of drawing over all sessions (the watermark rests on it).
-- Its oid is the name space of the log's advisory locks: two logs in one database do not disturb each other.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE SEQUENCE ${schema}.event_position AS bigint START 1 INCREMENT 1 NO CYCLE CACHE 1;

CREATE TABLE ${schema}.events (
    position       bigint      NOT NULL,                     -- the global order
    version        bigint      NOT NULL,                     -- the order in the stream: 1, 2, 3 …
    recorded_at    timestamptz NOT NULL,
    event_id       uuid        NOT NULL,
    schema_version int         NOT NULL,
    stream_id      text        COLLATE "C" NOT NULL,
    type           text        COLLATE "C" NOT NULL,
    data           text        NOT NULL,                     -- JSON as the client wrote it, to the character
    metadata       text,
    CONSTRAINT events_pk PRIMARY KEY (position),             -- reading the log; inserts go to the right-most page
    CONSTRAINT events_version UNIQUE (stream_id, version)    -- reading a stream; a second guard for dense versions
);
-- Finding a repeated append. Not unique: ids are unique within a stream only, and the check is made under the stream's
-- lock. Alone, not (stream_id, event_id): ids are UUIDv7, so inserts go to the right-most page, and the key is 16 bytes.
CREATE INDEX events_event_id ON ${schema}.events (event_id);

-- ---------------------------------------------------------------------------------------------------------------------
-- Which log is this? One row. A checkpoint names the log it was made with, as a restored log gives positions out again.
--
-- home is where the row was written: cluster, database, table, and on Neon the branch. In a copy (a dump restored elsewhere
-- or in place, a database made from a template, a Neon branch) it is another one, and log_id_v1() tells that from the row
-- alone. What it can't tell is a cluster set back as a whole to an earlier time: call renew_log_v1() after that. A cluster
-- that went through pg_upgrade looks like a copy but is none: call keep_log_v1() after that.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION ${schema}.log_home_v1() RETURNS text
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat_ws('/', c.system_identifier, d.oid, '${schema}.events'::regclass::oid,
                     nullif(current_setting('neon.timeline_id', true), ''))
      FROM pg_control_system() c, pg_database d WHERE d.datname = current_database()
$$;

CREATE TABLE ${schema}.log_identity (
    only_row   boolean     NOT NULL DEFAULT true PRIMARY KEY CHECK (only_row),
    log_id     uuid        NOT NULL DEFAULT gen_random_uuid(),
    home       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO ${schema}.log_identity (home) VALUES (${schema}.log_home_v1());

CREATE FUNCTION ${schema}.log_id_v1() RETURNS text
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN l.home = h.home THEN l.log_id::text ELSE l.log_id || '@' || h.home END
      FROM ${schema}.log_identity l, ${schema}.log_home_v1() AS h (home)
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Is an append a repeat? Internal: called only when an id was found, or an expectation failed.
-- repeat: 0 none of the ids is in the stream; 1 all, in order, without another event between; 2 anything else.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION ${schema}.find_repeat_v1(
    p_stream text, p_event_ids uuid[],
    OUT repeat int, OUT last_version bigint, OUT first_position bigint, OUT last_position bigint,
    OUT positions bigint[], OUT recorded_at timestamptz)
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
    n       CONSTANT int := cardinality(p_event_ids);
    found_n int;
    v_from  bigint;
    ids     uuid[];
BEGIN
    repeat := 0;
    -- texteq(), not "=": with "=" the planner may prefer to read the whole stream by (stream_id, version)
    SELECT count(*), min(e.version) INTO found_n, v_from
      FROM ${schema}.events e
     WHERE e.event_id = ANY (p_event_ids) AND texteq(e.stream_id, p_stream);
    IF found_n = 0 THEN RETURN; END IF;
    SELECT array_agg(e.event_id ORDER BY e.version), array_agg(e.position ORDER BY e.version), max(e.version), max(e.recorded_at)
      INTO ids, positions, last_version, recorded_at
      FROM ${schema}.events e
     WHERE e.stream_id = p_stream AND e.version >= v_from AND e.version < v_from + n;
    IF found_n = n AND ids = p_event_ids THEN
        repeat := 1;
        first_position := positions[1];
        last_position := positions[n];
        IF last_position - first_position = n - 1 THEN positions := NULL; END IF;
    ELSE
        repeat := 2;
        last_version := NULL; positions := NULL; recorded_at := NULL;
    END IF;
END $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- append_v1: all events of one append, or none. One statement, in autocommit or in a caller's transaction.
--
-- p_expected: n > 0 exactly n; 0 no stream; -1 any; -2 the stream exists.
-- status: 0 appended; 1 deduplicated (the events are already there; versions and positions are the stored ones);
--         2 wrong expected version; 3 the event ids are there in part or in another order; 4 archived; 5 tombstoned.
--         With 2 to 5 nothing is stored, nothing is raised, and a caller's transaction goes on.
-- stream_version: version of the append's last event. actual_version: the stream's version now.
-- positions: null where they are first_position, first_position + 1, …, last_position (nearly always).
--
-- The order matters: (1) lock the stream's row and check; (2) register as in flight; (3) draw positions; the check for a
-- repeat is part of the inserting statement, whose snapshot is taken after the lock.
-- * Registering before waiting for the row would let a waiter hold everybody's watermark.
-- * Drawing before registering would let a reader pass the positions by.
-- The registration is a shared advisory lock named by the sequence's last value before drawing: positions to come are
-- beyond it. It ends with the transaction (or savepoint) by itself, through a pooler too, and blocks nobody.
--
-- Security: definer's rights, so that the caller needs no right on the tables. search_path is pinned, which costs 0.2 µs
-- (1 µs before 17); every object is qualified. plan_cache_mode: no planning from the first call on. enable_seqscan: a plan
-- made while a table was small stays right while it grows.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION ${schema}.append_v1(
    p_stream text, p_expected bigint,
    p_event_ids uuid[], p_types text[], p_schema_versions int[], p_data text[], p_metadata text[],
    OUT status int, OUT stream_version bigint, OUT actual_version bigint,
    OUT first_position bigint, OUT last_position bigint, OUT positions bigint[], OUT recorded_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
    n         CONSTANT int := cardinality(p_event_ids);
    is_new    boolean := false;
    v_state   smallint;
    v_actual  bigint;
    r         record;
BEGIN
    IF n = 0 THEN                                            -- an empty append: checks, stores nothing
        SELECT s.version, s.state INTO v_actual, v_state FROM ${schema}.streams s WHERE s.stream_id = p_stream;
        stream_version := coalesce(v_actual, 0);
        actual_version := stream_version;
        status := CASE WHEN v_state = 2 THEN 5
                       WHEN v_state = 1 THEN 4
                       WHEN p_expected = -1 OR p_expected = actual_version OR (p_expected = -2 AND v_actual IS NOT NULL) THEN 0
                       ELSE 2 END;
        RETURN;
    END IF;

    -- 1. lock the stream's row, check the expectation, move the version
    LOOP
        IF p_expected <> 0 THEN
            UPDATE ${schema}.streams AS s SET version = s.version + n
             WHERE s.stream_id = p_stream AND s.state = 0 AND (p_expected < 0 OR s.version = p_expected)
            RETURNING s.version INTO stream_version;
            EXIT WHEN FOUND;
        END IF;
        IF p_expected = 0 OR p_expected = -1 THEN
            INSERT INTO ${schema}.streams (version, state, stream_id) VALUES (n, 0, p_stream) ON CONFLICT DO NOTHING;
            IF FOUND THEN
                is_new := true;
                stream_version := n;
                EXIT;
            END IF;
        END IF;

        -- The expectation does not hold. What is read from here on was true at one moment after the append began.
        SELECT s.version, s.state INTO v_actual, v_state FROM ${schema}.streams s WHERE s.stream_id = p_stream;
        IF NOT FOUND THEN
            CONTINUE WHEN p_expected = 0 OR p_expected = -1;
            status := 2; stream_version := 0; actual_version := 0;
            RETURN;
        END IF;
        SELECT * INTO r FROM ${schema}.find_repeat_v1(p_stream, p_event_ids);
        IF r.repeat = 0 AND v_state = 0 AND (p_expected < 0 OR v_actual = p_expected) THEN
            CONTINUE;                                        -- it holds by now: another append committed in between
        END IF;
        actual_version := greatest(v_actual, r.last_version);
        IF r.repeat = 1 THEN
            status := 1;
            stream_version := r.last_version;
            first_position := r.first_position; last_position := r.last_position; positions := r.positions;
            recorded_at := r.recorded_at;
        ELSE
            status := CASE WHEN r.repeat = 2 THEN 3 WHEN v_state = 2 THEN 5 WHEN v_state = 1 THEN 4 ELSE 2 END;
            stream_version := actual_version;
        END IF;
        RETURN;
    END LOOP;

    -- 2. register. (Expressions, not queries: each is evaluated without starting the executor.)
    IF pg_advisory_xact_lock_shared('${schema}.event_position'::regclass::oid::int,
           (coalesce(pg_sequence_last_value('${schema}.event_position'), 0) & 2147483647)::int) IS NULL THEN
        RAISE EXCEPTION 'unreachable';
    END IF;

    -- 3. draw positions and insert, unless an event of these ids is in the stream already
    recorded_at := clock_timestamp();
    IF n = 1 THEN
        INSERT INTO ${schema}.events (position, version, recorded_at, event_id, schema_version, stream_id, type, data, metadata)
        SELECT nextval('${schema}.event_position'), stream_version, recorded_at, p_event_ids[1], p_schema_versions[1], p_stream,
               p_types[1], p_data[1], p_metadata[1]
         WHERE is_new OR NOT EXISTS (SELECT FROM ${schema}.events e
                                      WHERE e.event_id = p_event_ids[1] AND texteq(e.stream_id, p_stream));
        IF FOUND THEN
            last_position := currval('${schema}.event_position');
            first_position := last_position;
            status := 0;
            actual_version := stream_version;
            RETURN;
        END IF;
    ELSE
        first_position := nextval('${schema}.event_position');
        INSERT INTO ${schema}.events (position, version, recorded_at, event_id, schema_version, stream_id, type, data, metadata)
        SELECT CASE WHEN a.ord = 1 THEN first_position ELSE nextval('${schema}.event_position') END, stream_version - n + a.ord,
               recorded_at, a.event_id, a.schema_version, p_stream, a.type, a.data, a.metadata
          FROM unnest(p_event_ids, p_types, p_schema_versions, p_data, p_metadata)
               WITH ORDINALITY AS a (event_id, type, schema_version, data, metadata, ord)
         WHERE is_new OR NOT EXISTS (SELECT FROM ${schema}.events e
                                      WHERE e.event_id = ANY (p_event_ids) AND texteq(e.stream_id, p_stream));
        IF FOUND THEN
            last_position := currval('${schema}.event_position');
            IF last_position - first_position <> n - 1 THEN
                positions := ARRAY(SELECT e.position FROM ${schema}.events e
                                    WHERE e.stream_id = p_stream AND e.version > stream_version - n ORDER BY e.version);
            END IF;
            status := 0;
            actual_version := stream_version;
            RETURN;
        END IF;
    END IF;

    -- A repeat although the expectation held: give the version back, and say what is stored.
    UPDATE ${schema}.streams AS s SET version = s.version - n WHERE s.stream_id = p_stream RETURNING s.version INTO actual_version;
    SELECT * INTO r FROM ${schema}.find_repeat_v1(p_stream, p_event_ids);
    IF r.repeat = 1 THEN
        status := 1;
        stream_version := r.last_version;
    ELSE
        status := 3;
        stream_version := actual_version;
    END IF;
    first_position := r.first_position; last_position := r.last_position; positions := r.positions;
    recorded_at := r.recorded_at;
END $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- append_joined_v1: the same inside a caller's transaction. A transaction that is forgotten open would hold every reader:
-- the server ends it when it has been idle for p_idle_timeout_ms. A shorter limit already set stays.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION ${schema}.append_joined_v1(
    p_stream text, p_expected bigint,
    p_event_ids uuid[], p_types text[], p_schema_versions int[], p_data text[], p_metadata text[], p_idle_timeout_ms int,
    OUT status int, OUT stream_version bigint, OUT actual_version bigint,
    OUT first_position bigint, OUT last_position bigint, OUT positions bigint[], OUT recorded_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v_now int;
BEGIN
    SELECT s.setting::int INTO v_now FROM pg_settings s WHERE s.name = 'idle_in_transaction_session_timeout';
    IF v_now = 0 OR v_now > p_idle_timeout_ms THEN
        PERFORM set_config('idle_in_transaction_session_timeout', p_idle_timeout_ms::text, true);
    END IF;
    SELECT a.* INTO status, stream_version, actual_version, first_position, last_position, positions, recorded_at
      FROM ${schema}.append_v1(p_stream, p_expected, p_event_ids, p_types, p_schema_versions, p_data, p_metadata) a;
END $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- watermark_v1: every position up to it is settled: an event that is not there now will never be there.
-- Three snapshots in this order: head, then the registrations, then (the caller's next statement) the rows.
-- Needs READ COMMITTED and the primary: refuses otherwise.
-- A registration carries the low 31 bits of a value that the sequence had; it is at most 2^31 behind the sequence's present
-- value, read afterwards, which makes it whole again.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION ${schema}.watermark_v1(OUT watermark bigint, OUT head bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    v_open bigint[];
    v_last bigint;
BEGIN
    IF pg_is_in_recovery() THEN
        RAISE EXCEPTION 'the watermark can''t be read on a replica: it does not know the open appends' USING ERRCODE = '55000';
    END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'the watermark needs READ COMMITTED' USING ERRCODE = '25001';
    END IF;
    SELECT coalesce(max(e.position), 0) INTO head FROM ${schema}.events e;                              -- first snapshot
    SELECT array_agg(l.objid::bigint) INTO v_open                                                       -- second snapshot
      FROM pg_lock_status() l
     WHERE l.locktype = 'advisory' AND l.objsubid = 2
       AND l.classid = '${schema}.event_position'::regclass::oid
       AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database());
    IF v_open IS NULL THEN
        watermark := head;
    ELSE
        v_last := coalesce(pg_sequence_last_value('${schema}.event_position'), 0);
        SELECT least(head, min(v_last - ((v_last - o.low) & 2147483647))) INTO watermark FROM unnest(v_open) AS o (low);
    END IF;
END $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- read_log_v1: a page of the log after a position, in one round trip.
--
-- through: every event up to it is settled, and is among the rows if it passes the filter, unless there are p_limit rows.
-- Less than p_after: the log never gave that position out. more: there is something settled after through.
-- There is always a row; where nothing passed the filter its event is null.
--
-- Positions without a hole after p_after need no watermark: nothing can appear between them. At a hole the watermark is
-- read, and then the rows, by a later statement. With a filter at most p_window events are looked at.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION ${schema}.read_log_v1(p_after bigint, p_limit int, p_window int, p_categories text[], p_types text[])
RETURNS TABLE (
    through bigint, more boolean,
    "position" bigint, version bigint, recorded_at timestamptz, event_id uuid, schema_version int,
    stream_id text, type text, data text, metadata text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
    n CONSTANT int := CASE WHEN p_categories IS NULL AND p_types IS NULL THEN p_limit ELSE greatest(p_limit, p_window) END;
    v_found    bigint[];
    v_count    int;
BEGIN
    v_found := ARRAY(SELECT e.position FROM ${schema}.events e WHERE e.position > p_after ORDER BY e.position LIMIT n + 1);
    v_count := cardinality(v_found);
    IF v_count = 0 THEN
        through := least(p_after, coalesce(pg_sequence_last_value('${schema}.event_position'), 0));
    ELSIF v_found[v_count] - p_after = v_count THEN
        through := v_found[v_count];
    ELSE
        SELECT greatest(w.watermark, p_after) INTO through FROM ${schema}.watermark_v1() w;
        v_found := ARRAY(SELECT e.position FROM ${schema}.events e
                          WHERE e.position > p_after AND e.position <= through ORDER BY e.position LIMIT n + 1);
        v_count := cardinality(v_found);
    END IF;
    more := v_count > n;
    IF more THEN
        through := v_found[n];
    END IF;
    RETURN QUERY
        SELECT read_log_v1.through, read_log_v1.more, p.*
          FROM (VALUES (1)) AS one (row)
          LEFT JOIN (SELECT e.position, e.version, e.recorded_at, e.event_id, e.schema_version, e.stream_id, e.type, e.data, e.metadata
                       FROM ${schema}.events e
                      WHERE e.position > p_after AND e.position <= read_log_v1.through
                        AND (p_categories IS NULL OR split_part(e.stream_id, '-', 1) = ANY (p_categories))
                        AND (p_types IS NULL OR e.type = ANY (p_types))
                      ORDER BY e.position LIMIT p_limit) p ON true
         ORDER BY p.position;
END $$;

-- Who holds the watermark back, oldest first. Invoker's rights: pg_stat_activity shows a role its own sessions.
CREATE FUNCTION ${schema}.open_appends_v1(
    OUT pid int, OUT after_position bigint, OUT transaction_age interval, OUT state text, OUT application_name text)
RETURNS SETOF record
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT l.pid, min(l.objid::bigint), max(clock_timestamp() - a.xact_start), max(a.state), max(a.application_name)
      FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'advisory' AND l.objsubid = 2
       AND l.classid = '${schema}.event_position'::regclass::oid
       AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
     GROUP BY l.pid
     ORDER BY 2
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- For the operator's role.
-- ---------------------------------------------------------------------------------------------------------------------

-- An archived stream can be read and refuses appends. False: no such stream, or it is tombstoned.
CREATE FUNCTION ${schema}.archive_stream_v1(p_stream text, p_archived boolean DEFAULT true) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE ${schema}.streams AS s SET state = CASE WHEN p_archived THEN 1 ELSE 0 END
     WHERE s.stream_id = p_stream AND s.state < 2;
    RETURN FOUND;
END $$;

-- A tombstoned stream is gone from stream reads and from the log, and its name can't be used again. Returns the number of
-- events deleted. A name that was never used can be tombstoned too.
CREATE FUNCTION ${schema}.tombstone_stream_v1(p_stream text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v_deleted bigint;
BEGIN
    INSERT INTO ${schema}.streams AS s (version, state, stream_id) VALUES (0, 2, p_stream)
    ON CONFLICT (stream_id) DO UPDATE SET state = 2;
    DELETE FROM ${schema}.events e WHERE e.stream_id = p_stream;
    GET DIAGNOSTICS v_deleted = ROW_COUNT;
    RETURN v_deleted;
END $$;

-- After a cluster was set back to an earlier time: a new incarnation of the log.
CREATE FUNCTION ${schema}.renew_log_v1() RETURNS uuid
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE ${schema}.log_identity SET log_id = gen_random_uuid(), home = ${schema}.log_home_v1(), created_at = clock_timestamp()
    RETURNING log_id
$$;

-- After pg_upgrade, or when a copy takes the place of the original for good: the same log at another home.
CREATE FUNCTION ${schema}.keep_log_v1() RETURNS uuid
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE ${schema}.log_identity SET home = ${schema}.log_home_v1() RETURNING log_id
$$;

-- Functions are executable by everybody when they are made; here by nobody. roles.sql hands out what each role needs.
REVOKE ALL ON FUNCTION
    ${schema}.log_home_v1(),
    ${schema}.log_id_v1(),
    ${schema}.find_repeat_v1(text, uuid[]),
    ${schema}.append_v1(text, bigint, uuid[], text[], int[], text[], text[]),
    ${schema}.append_joined_v1(text, bigint, uuid[], text[], int[], text[], text[], int),
    ${schema}.watermark_v1(),
    ${schema}.read_log_v1(bigint, int, int, text[], text[]),
    ${schema}.open_appends_v1(),
    ${schema}.archive_stream_v1(text, boolean),
    ${schema}.tombstone_stream_v1(text),
    ${schema}.renew_log_v1(),
    ${schema}.keep_log_v1()
FROM PUBLIC;
