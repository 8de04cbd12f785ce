-- Event store for PostgreSQL 15 to 18 (and Neon).
--
-- ${schema} is replaced by Flyway (placeholder) or by  envsubst '${schema}'  ; it must be a plain lower-case identifier.
-- Run as the owner (migrator) over a direct connection. Afterwards run the scripts in roles/.

-- IF NOT EXISTS would ask for the right to create schemas even where there is nothing to create.
DO $$ BEGIN
    IF to_regnamespace('${schema}') IS NULL THEN
        CREATE SCHEMA ${schema};
    END IF;
END $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- One row a stream: the lock of its writers, its version, its state.
-- No index but the primary key, so that the update of an append is HOT; fillfactor leaves the room for it.
-- collate "C": ids are compared byte by byte, which is several times faster than by a language's rules, and independent
-- of the operating system's (an upgrade of libc can't corrupt the index).
-- No CHECK constraint: PostgreSQL parses its expression again in each statement that writes (5 µs an append); the function
-- that makes a row checks the length. Fixed-width columns stand first: no padding.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE TABLE ${schema}.streams (
    version       bigint   NOT NULL,                         -- number of events ever appended
    high_event_id uuid     NOT NULL,                         -- the greatest event id ever appended: an id beyond it is new,
                                                             -- without a look-up. Ids are UUIDv7, so nearly all are
    state         smallint NOT NULL DEFAULT 0,               -- 0 open, 1 archived (read only), 2 tombstoned (gone, name taken)
    stream_id     text     COLLATE "C" NOT NULL,
    CONSTRAINT streams_pk PRIMARY KEY (stream_id)
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
-- Finding a repeated append, when an id is not beyond streams.high_event_id. Not unique: ids are unique within a stream
-- only, and the check is made under the stream's lock. Alone, not (stream_id, event_id): ids are UUIDv7, so inserts go to
-- the right-most page, and the key is 16 bytes.
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
-- Is an append a repeat? Internal.
-- repeat: 0 none of the ids is in the stream; 1 all, in order, without another event between; 2 anything else.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION ${schema}.find_repeat_v1(
    p_stream text, p_event_ids uuid[],
    OUT repeat int, OUT last_version bigint, OUT age_micros bigint, OUT positions bigint[])
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
    n       CONSTANT int := cardinality(p_event_ids);
    v_found int;
    v_from  bigint;
    v_ids   uuid[];
BEGIN
    repeat := 0;
    -- texteq(), not "=": with "=" the planner may prefer to read the whole stream by (stream_id, version)
    SELECT count(*), min(e.version) INTO v_found, v_from
      FROM ${schema}.events e
     WHERE e.event_id = ANY (p_event_ids) AND texteq(e.stream_id, p_stream);
    IF v_found = 0 THEN RETURN; END IF;
    repeat := 2;
    IF v_found <> n THEN RETURN; END IF;
    SELECT array_agg(e.event_id ORDER BY e.version), array_agg(e.position ORDER BY e.version), max(e.version),
           extract(epoch FROM clock_timestamp() - max(e.recorded_at)) * 1000000
      INTO v_ids, positions, last_version, age_micros
      FROM ${schema}.events e
     WHERE e.stream_id = p_stream AND e.version >= v_from AND e.version < v_from + n;
    IF v_ids = p_event_ids THEN
        repeat := 1;
        IF positions[n] - positions[1] = n - 1 THEN positions := ARRAY[positions[1], positions[n]]; END IF;
    END IF;
END $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The careful way to claim an append's versions: it locks the stream and moves its version. Internal: taken when the quick
-- way of append found something other than it hoped for: an id not beyond high_event_id, a wrong version, a closed stream.
-- It returns an append's answer. With status 0 the stream is locked and its version is moved: go on and store. Otherwise,
-- and where there is nothing to store, it is the answer to give; nothing was changed.
--
-- First it looks without locking: a refusal is true at the moment of the look, and costs no write and no flush of the log.
-- If nothing speaks against the append it locks the row; if the row changed in between it looks again, now stable.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION ${schema}.claim_versions_v1(p_stream text, p_expected bigint, p_event_ids uuid[]) RETURNS bigint[]
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
    n        CONSTANT int := cardinality(p_event_ids);
    repeated record;
    v_status int;
    v_sorted uuid[];
    v_high   uuid;
    v_actual bigint;
    v_state  smallint;
    v_locked bigint;
    v_locked_state smallint;
BEGIN
    LOOP
        SELECT s.version, s.state INTO v_actual, v_state FROM ${schema}.streams s WHERE s.stream_id = p_stream;
        IF NOT FOUND THEN v_actual := 0; v_state := 0; END IF;
        SELECT 0 AS repeat INTO repeated;
        IF v_actual > 0 AND n > 0 THEN
            SELECT * INTO repeated FROM ${schema}.find_repeat_v1(p_stream, p_event_ids);
            IF repeated.repeat = 1 THEN
                RETURN ARRAY[1, repeated.last_version, greatest(v_actual, repeated.last_version), repeated.age_micros]
                       || repeated.positions;
            END IF;
        END IF;
        v_status := CASE
            WHEN v_state = 2 THEN 5
            WHEN repeated.repeat = 2 THEN 3
            WHEN v_state = 1 THEN 4
            WHEN p_expected <> -1 AND p_expected <> v_actual AND NOT (p_expected = -2 AND v_actual > 0) THEN 2
            ELSE 0 END;
        IF v_status <> 0 OR n = 0 THEN
            RETURN ARRAY[v_status, v_actual, v_actual, 0];   -- an empty append ends here: it checks, and stores nothing
        END IF;

        IF n = 1 THEN
            v_high := p_event_ids[1];
        ELSIF v_high IS NULL THEN
            v_sorted := ARRAY(SELECT DISTINCT u.id FROM unnest(p_event_ids) AS u (id) ORDER BY u.id);
            IF cardinality(v_sorted) <> n THEN
                RETURN ARRAY[3, v_actual, v_actual, 0];
            END IF;
            v_high := v_sorted[n];
        END IF;

        IF v_actual = 0 THEN
            IF p_stream = '' OR length(p_stream) > 255 THEN
                RAISE EXCEPTION 'a stream id has 1 to 255 characters' USING ERRCODE = '22023';
            END IF;
            INSERT INTO ${schema}.streams (version, high_event_id, stream_id) VALUES (n, v_high, p_stream) ON CONFLICT DO NOTHING;
            IF FOUND THEN RETURN ARRAY[0, n, n, 0]; END IF;
        ELSE
            SELECT s.version, s.state INTO v_locked, v_locked_state
              FROM ${schema}.streams s WHERE s.stream_id = p_stream FOR NO KEY UPDATE;
            IF v_locked = v_actual AND v_locked_state = v_state THEN
                UPDATE ${schema}.streams AS s SET version = s.version + n, high_event_id = greatest(s.high_event_id, v_high)
                 WHERE s.stream_id = p_stream
                RETURNING s.version INTO v_locked;
                RETURN ARRAY[0, v_locked, v_locked, 0];
            END IF;
        END IF;
    END LOOP;
END $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- append_v1, append_one_v1: all events of one append, or none. One statement, in autocommit or in a caller's transaction.
-- append_one_v1 is the same for a single event, the commonest append: without arrays it costs a third less.
--
-- p_expected: n > 0 exactly n; 0 no stream; -1 any; -2 the stream exists.
--
-- The answer is {status, stream version, actual version, age, positions…}: an array, as columns would cost 5 µs a call.
-- * status: 0 appended; 1 deduplicated (the events are already there; versions and positions are the stored ones);
--   2 wrong expected version; 3 the event ids are there in part or in another order, or twice in the append; 4 archived;
--   5 tombstoned. With 2 to 5 nothing is stored, nothing is raised, a caller's transaction goes on.
-- * stream version: of the append's last event (status 0 and 1). actual version: the stream's now; 0 where there is none.
-- * age: for how long the events have been there, in microseconds (status 1).
-- * positions: of all its events; or only the first and the last, where those between are its own too, as nearly always.
--
-- The order matters: (1) lock the stream's row and check; (2) register as in flight; (3) draw positions and insert.
-- * Registering before waiting for the row would let a waiter hold everybody's watermark.
-- * Drawing before registering would let a reader pass the positions by.
-- The registration is a shared advisory lock named by the sequence's last value before drawing: positions to come are
-- beyond it. It ends with the transaction (or savepoint) by itself, through a pooler too, and blocks nobody.
--
-- The quick way of (1) is a single update: right version, open, and all ids beyond every id that the stream has ever had,
-- hence no repeat. For a stream that may be new it is a single insert. Whatever they do not match goes the careful way.
--
-- Security: definer's rights, so that the caller needs no right on the tables. search_path is pinned; every object is
-- qualified. enable_seqscan: a plan made while a table was small stays right while it grows. Each setting costs 1 to 2 µs a
-- call, so there is no third one: without plan_cache_mode a session's first five appends are planned anew.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION ${schema}.append_one_v1(
    p_stream text, p_expected bigint,
    p_event_id uuid, p_type text, p_schema_version int, p_data text, p_metadata text)
RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
AS $$
DECLARE
    claimed    bigint[];
    v_version  bigint := 1;
    v_position bigint;
BEGIN
    -- 1. lock, check, move the version
    IF p_expected <> 0 THEN
        UPDATE ${schema}.streams AS s SET version = s.version + 1, high_event_id = p_event_id
         WHERE s.stream_id = p_stream AND (p_expected < 0 OR s.version = p_expected) AND s.state = 0 AND s.high_event_id < p_event_id
        RETURNING s.version INTO v_version;
    ELSIF length(p_stream) BETWEEN 1 AND 255 THEN
        INSERT INTO ${schema}.streams (version, high_event_id, stream_id) VALUES (1, p_event_id, p_stream) ON CONFLICT DO NOTHING;
    END IF;
    IF NOT FOUND THEN
        IF p_expected = -1 AND length(p_stream) BETWEEN 1 AND 255 THEN
            INSERT INTO ${schema}.streams (version, high_event_id, stream_id) VALUES (1, p_event_id, p_stream) ON CONFLICT DO NOTHING;
        END IF;
        IF FOUND THEN
            v_version := 1;
        ELSE
            claimed := ${schema}.claim_versions_v1(p_stream, p_expected, ARRAY[p_event_id]);
            IF claimed[1] <> 0 THEN RETURN claimed; END IF;
            v_version := claimed[2];
        END IF;
    END IF;

    -- 2. register
    IF pg_advisory_xact_lock_shared('${schema}.event_position'::regclass::oid::int,
           (coalesce(pg_sequence_last_value('${schema}.event_position'), 0) & 2147483647)::int) IS NULL THEN
        RETURN NULL;                                         -- never: it returns void, which is not null
    END IF;

    -- 3. draw and insert
    v_position := nextval('${schema}.event_position');
    INSERT INTO ${schema}.events (position, version, recorded_at, event_id, schema_version, stream_id, type, data, metadata)
    VALUES (v_position, v_version, clock_timestamp(), p_event_id, p_schema_version, p_stream, p_type, p_data, p_metadata);
    RETURN ARRAY[0, v_version, v_version, 0, v_position];
END $$;

CREATE FUNCTION ${schema}.append_v1(
    p_stream text, p_expected bigint,
    p_event_ids uuid[], p_types text[], p_schema_versions int[], p_data text[], p_metadata text[])
RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
AS $$
DECLARE                                                      -- few expressions: each costs up to 1 µs a transaction
    n            CONSTANT int := cardinality(p_event_ids);
    v_low        uuid := p_event_ids[1];
    v_high       uuid := p_event_ids[1];
    v_sorted     uuid[];
    claimed      bigint[];
    v_registered boolean;
    v_version    bigint;
    v_first      bigint;
    v_last       bigint;
    v_time       timestamptz;
BEGIN
    -- Ids are taken by their number below, and unnest() fills up what is short.
    IF array_lower(p_event_ids, 1) <> 1 OR array_ndims(p_event_ids) <> 1 OR cardinality(p_types) <> n
       OR cardinality(p_schema_versions) <> n OR cardinality(p_data) <> n OR cardinality(p_metadata) <> n THEN
        RAISE EXCEPTION 'the arrays of an append have one dimension, begin at 1 and are of one length' USING ERRCODE = '22023';
    END IF;

    -- 1. lock, check, move the version. The quick way needs the lowest and the highest id, and no id twice: nearly always
    -- they grow, and the first and the last are those
    FOR i IN 2..n LOOP
        IF p_event_ids[i] > v_high THEN
            v_high := p_event_ids[i];
        ELSE
            v_sorted := ARRAY(SELECT DISTINCT u.id FROM unnest(p_event_ids) AS u (id) ORDER BY u.id);
            v_low := CASE WHEN cardinality(v_sorted) = n THEN v_sorted[1] END;  -- null matches nothing below
            v_high := v_sorted[n];
            EXIT;
        END IF;
    END LOOP;
    IF p_expected <> 0 THEN
        UPDATE ${schema}.streams AS s SET version = s.version + n, high_event_id = v_high
         WHERE s.stream_id = p_stream AND (p_expected < 0 OR s.version = p_expected) AND s.state = 0 AND s.high_event_id < v_low
        RETURNING s.version INTO v_version;
    END IF;
    IF v_version IS NULL THEN
        IF p_expected IN (0, -1) AND v_low IS NOT NULL AND length(p_stream) BETWEEN 1 AND 255 THEN
            INSERT INTO ${schema}.streams (version, high_event_id, stream_id) VALUES (n, v_high, p_stream) ON CONFLICT DO NOTHING;
            IF FOUND THEN v_version := n; END IF;
        END IF;
        IF v_version IS NULL THEN
            claimed := ${schema}.claim_versions_v1(p_stream, p_expected, p_event_ids);
            IF claimed[1] <> 0 OR n = 0 THEN RETURN claimed; END IF;
            v_version := claimed[2];
        END IF;
    END IF;

    -- 2. register; not again where this transaction proves that it is registered (see append_joined_v1)
    IF current_setting('shared_infra.registered_${schema}', true) <> '' THEN
        PERFORM FROM ${schema}.events e
          WHERE e.position = current_setting('shared_infra.registered_${schema}', true)::bigint AND e.xmin = pg_current_xact_id()::xid;
        v_registered := FOUND;
    END IF;
    IF v_registered IS NOT TRUE AND pg_advisory_xact_lock_shared('${schema}.event_position'::regclass::oid::int,
           (coalesce(pg_sequence_last_value('${schema}.event_position'), 0) & 2147483647)::int) IS NULL THEN
        RETURN NULL;                                         -- never
    END IF;

    -- 3. draw and insert
    v_first := nextval('${schema}.event_position');
    v_time := clock_timestamp();
    INSERT INTO ${schema}.events (position, version, recorded_at, event_id, schema_version, stream_id, type, data, metadata)
    SELECT CASE WHEN a.ord = 1 THEN v_first ELSE nextval('${schema}.event_position') END,
           v_version - n + a.ord, v_time, a.event_id, a.schema_version, p_stream, a.type, a.data, a.metadata
      FROM unnest(p_event_ids, p_types, p_schema_versions, p_data, p_metadata)
           WITH ORDINALITY AS a (event_id, type, schema_version, data, metadata, ord);
    v_last := currval('${schema}.event_position');
    IF v_last - v_first = n - 1 THEN
        RETURN ARRAY[0, v_version, v_version, 0, v_first, v_last];
    END IF;
    RETURN ARRAY[0, v_version, v_version, 0]                 -- another append drew positions in between
           || ARRAY(SELECT e.position FROM ${schema}.events e
                     WHERE e.stream_id = p_stream AND e.version > v_version - n ORDER BY e.version);
END $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- append_joined_v1: the same inside a caller's transaction. A transaction that is forgotten open would hold every reader:
-- the server ends it when it has been idle for p_idle_timeout_ms. A shorter limit already set stays.
--
-- A transaction of many appends registers once, not once an append (the server's lock table has some thousands of places
-- for everybody): it remembers a position that it stored. The setting proves nothing by itself, anybody can set it; the
-- proof is that the event is there and was inserted by this very transaction, outside of any savepoint, which only a
-- registered append can have done. After a rollback to the savepoint that it stored under, an append registers again, as does
-- one inside savepoints whose transaction stored nothing outside of them yet.
-- The setting's prefix is the library's own: a schema's name may be a prefix that an extension has reserved.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION ${schema}.append_joined_v1(
    p_stream text, p_expected bigint,
    p_event_ids uuid[], p_types text[], p_schema_versions int[], p_data text[], p_metadata text[], p_idle_timeout_ms int)
RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    result bigint[];
    v_now  text := current_setting('idle_in_transaction_session_timeout');
BEGIN
    IF v_now = '0' OR extract(epoch FROM v_now::interval) * 1000 > p_idle_timeout_ms THEN
        PERFORM set_config('idle_in_transaction_session_timeout', p_idle_timeout_ms::text, true);
    END IF;
    result := ${schema}.append_v1(p_stream, p_expected, p_event_ids, p_types, p_schema_versions, p_data, p_metadata);
    IF result[1] = 0 AND cardinality(result) > 4 THEN
        PERFORM set_config('shared_infra.registered_${schema}', result[cardinality(result)]::text, true);
    END IF;
    RETURN result;
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
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
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
-- settled_v1: how far the p_count events after a position can be handed out.
--
-- through: every event up to it is settled. Less than p_after: the log never gave that position out. more: there is
-- something settled after through. The rows are read by a later statement of the same READ COMMITTED transaction, or of
-- another one: an earlier snapshot may miss some of them.
--
-- Positions without a hole after p_after need no watermark: nothing can appear between them. At a hole the watermark is
-- read, and then the positions again, by a later statement.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION ${schema}.settled_v1(p_after bigint, p_count int, OUT through bigint, OUT more boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
    v_found bigint[];
    v_count int;
BEGIN
    v_found := ARRAY(SELECT e.position FROM ${schema}.events e WHERE e.position > p_after ORDER BY e.position LIMIT p_count + 1);
    v_count := cardinality(v_found);
    IF v_count = 0 THEN
        IF pg_is_in_recovery() THEN                          -- one that lags behind would deny a position that was given out
            RAISE EXCEPTION 'the log can''t be read on a replica: it does not know the open appends' USING ERRCODE = '55000';
        END IF;
        through := least(p_after, coalesce(pg_sequence_last_value('${schema}.event_position'), 0));
    ELSIF v_found[v_count] - p_after = v_count THEN
        through := v_found[v_count];
    ELSE
        SELECT greatest(w.watermark, p_after) INTO through FROM ${schema}.watermark_v1() w;
        v_found := ARRAY(SELECT e.position FROM ${schema}.events e
                          WHERE e.position > p_after AND e.position <= through ORDER BY e.position LIMIT p_count + 1);
        v_count := cardinality(v_found);
    END IF;
    more := v_count > p_count;
    IF more THEN
        through := v_found[p_count];
    END IF;
END $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- read_log_v1: a page of the events that pass a filter, in one round trip.
--
-- through and more: as of settled_v1. Every event up to through is among the rows if it passes the filter, unless there
-- are p_limit rows. There is always a row; where nothing passed the filter its event is null. At most p_window events
-- are looked at.
-- ---------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION ${schema}.read_log_v1(p_after bigint, p_limit int, p_window int, p_categories text[], p_types text[])
RETURNS TABLE (
    through bigint, more boolean,
    "position" bigint, version bigint, recorded_at timestamptz, event_id uuid, schema_version int,
    stream_id text, type text, data text, metadata text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
BEGIN
    SELECT s.through, s.more INTO through, more FROM ${schema}.settled_v1(p_after, greatest(p_limit, p_window)) s;
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
    SELECT l.pid, min(h.head + 1073741824 - ((h.head + 1073741824 - l.objid::bigint) & 2147483647)),  -- 31 bits made whole
           max(clock_timestamp() - a.xact_start), max(a.state), max(a.application_name)
      FROM (SELECT coalesce(max(e.position), 0) AS head FROM ${schema}.events e) h
     CROSS JOIN pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
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
    INSERT INTO ${schema}.streams AS s (version, high_event_id, state, stream_id)
    VALUES (0, '00000000-0000-0000-0000-000000000000', 2, p_stream)
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

-- The number of the newest script that was run; each later script replaces it.
CREATE FUNCTION ${schema}.schema_version() RETURNS int
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT 1 $$;

-- Functions are executable by everybody when they are made; here by nobody. The scripts in roles/ hand out what each role needs.
REVOKE ALL ON FUNCTION
    ${schema}.schema_version(),
    ${schema}.log_home_v1(),
    ${schema}.log_id_v1(),
    ${schema}.find_repeat_v1(text, uuid[]),
    ${schema}.claim_versions_v1(text, bigint, uuid[]),
    ${schema}.append_one_v1(text, bigint, uuid, text, int, text, text),
    ${schema}.append_v1(text, bigint, uuid[], text[], int[], text[], text[]),
    ${schema}.append_joined_v1(text, bigint, uuid[], text[], int[], text[], text[], int),
    ${schema}.watermark_v1(),
    ${schema}.settled_v1(bigint, int),
    ${schema}.read_log_v1(bigint, int, int, text[], text[]),
    ${schema}.open_appends_v1(),
    ${schema}.archive_stream_v1(text, boolean),
    ${schema}.tombstone_stream_v1(text),
    ${schema}.renew_log_v1(),
    ${schema}.keep_log_v1()
FROM PUBLIC;
