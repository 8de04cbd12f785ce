-- Projections: documents under ids, the fields they are found by, and how far each projection has come.
--
-- All projections share these tables, so that a new one needs no rights but those to read and write, and no migration.
-- collate "C": ids and texts are compared byte by byte, which in UTF-8 is the order of code points.

CREATE TABLE ${schema}.documents (
    version    bigint NOT NULL,                              -- saves under this id since it was last absent
    projection text   COLLATE "C" NOT NULL,
    id         text   COLLATE "C" NOT NULL,
    document   text   NOT NULL,                              -- JSON as the client wrote it, to the character
    CONSTRAINT documents_pk PRIMARY KEY (projection, id)
) WITH (fillfactor = 80);

-- One row for each declared field that has a value in a document; one of the three values is set.
-- Texts are escaped by the client, as U+0000 can't be stored: U+0000 is 01 01, U+0001 is 01 02, which keeps the order.
CREATE TABLE ${schema}.document_fields (
    projection    text        COLLATE "C" NOT NULL,
    field         text        COLLATE "C" NOT NULL,
    id            text        COLLATE "C" NOT NULL,
    text_value    text        COLLATE "C",
    number_value  numeric,
    instant_value bigint,                                    -- microseconds since 1970 UTC: a wider range than timestamptz
    CONSTRAINT document_fields_pk PRIMARY KEY (projection, id, field),
    CONSTRAINT document_fields_one_value CHECK (num_nonnulls(text_value, number_value, instant_value) = 1)
);
CREATE INDEX document_fields_text ON ${schema}.document_fields (projection, field, text_value, id) WHERE text_value IS NOT NULL;
CREATE INDEX document_fields_number ON ${schema}.document_fields (projection, field, number_value, id) WHERE number_value IS NOT NULL;
CREATE INDEX document_fields_instant ON ${schema}.document_fields (projection, field, instant_value, id) WHERE instant_value IS NOT NULL;

-- position moves with every batch of a projection: no index on it, and room for the new row beside the old one.
CREATE TABLE ${schema}.checkpoints (
    position   bigint NOT NULL,
    projection text   COLLATE "C" NOT NULL,
    log_id     text   NOT NULL,
    CONSTRAINT checkpoints_pk PRIMARY KEY (projection)
) WITH (fillfactor = 50);

-- ---------------------------------------------------------------------------------------------------------------------
-- write_documents_v1: writes documents of one projection, and moves its checkpoint if p_to_log is given: all or nothing,
-- in one statement.
--
-- For each of p_ids: p_expected is the version that must be there (0: none; null: whatever), p_absent whether the document
-- was deleted before it was saved again, p_saves the number of saves, p_documents the document (null: it is deleted).
-- p_field_ids, p_fields and one of p_texts, p_numbers, p_instants: the values of the saved documents' fields.
--
-- moved false: the checkpoint is not at (p_from_log, p_from_position) but at (actual_log, actual_position); nothing was
-- changed. deleted: how many documents are gone. A wrong version is raised as PD409 (or 23505), as something may have been
-- written before it was noticed.
--
-- The document's row is the lock of its fields: only the fields of documents that this call saved, or really deleted, are
-- touched, by a later statement than the one that took the row. An id that was absent has no row to lock, and whoever saves it
-- meanwhile has its fields to himself.
--
-- Rows that are there are locked first, in the order of ids, so that two writers of stored documents don't wait for each other.
-- Two that save the same absent ids can: the server then ends one of them, with nothing written (40P01).
-- ---------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION ${schema}.write_documents_v1(
    p_projection text, p_from_log text, p_from_position bigint, p_to_log text, p_to_position bigint,
    p_ids text[], p_expected bigint[], p_absent boolean[], p_saves int[], p_documents text[],
    p_field_ids text[], p_fields text[], p_texts text[], p_numbers numeric[], p_instants bigint[],
    OUT moved boolean, OUT actual_log text, OUT actual_position bigint, OUT deleted int)
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
    v_wrong text;
    v_gone  text[];
BEGIN
    moved := true;
    deleted := 0;
    IF p_to_log IS NOT NULL THEN
        IF p_from_log IS NULL THEN
            INSERT INTO ${schema}.checkpoints (position, projection, log_id) VALUES (p_to_position, p_projection, p_to_log)
            ON CONFLICT DO NOTHING;
        ELSE
            UPDATE ${schema}.checkpoints AS c SET log_id = p_to_log, position = p_to_position
             WHERE c.projection = p_projection AND c.log_id = p_from_log AND c.position = p_from_position;
        END IF;
        IF NOT FOUND THEN
            moved := false;
            SELECT c.log_id, c.position INTO actual_log, actual_position
              FROM ${schema}.checkpoints c WHERE c.projection = p_projection;
            RETURN;
        END IF;
    END IF;
    IF cardinality(p_ids) = 0 THEN
        RETURN;
    END IF;

    PERFORM FROM ${schema}.documents d WHERE d.projection = p_projection AND d.id = ANY (p_ids) ORDER BY d.id FOR UPDATE;
    SELECT a.id INTO v_wrong
      FROM unnest(p_ids, p_expected) AS a (id, expected)
      LEFT JOIN ${schema}.documents d ON d.projection = p_projection AND d.id = a.id
     WHERE a.expected <> coalesce(d.version, 0)
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'document % has another version', v_wrong USING ERRCODE = 'PD409';
    END IF;

    WITH gone AS (
        DELETE FROM ${schema}.documents AS d USING unnest(p_ids, p_absent, p_documents) AS a (id, absent, document)
         WHERE d.projection = p_projection AND d.id = a.id AND (a.absent OR a.document IS NULL)
        RETURNING d.id)
    SELECT coalesce(array_agg(g.id), '{}') INTO v_gone FROM gone g;
    deleted := cardinality(v_gone);
    -- What must not be there yet: a row that somebody put there since is a unique violation.
    INSERT INTO ${schema}.documents (version, projection, id, document)
    SELECT a.saves, p_projection, a.id, a.document
      FROM unnest(p_ids, p_expected, p_saves, p_documents) AS a (id, expected, saves, document)
     WHERE a.document IS NOT NULL AND a.expected = 0
     ORDER BY a.id;
    INSERT INTO ${schema}.documents AS d (version, projection, id, document)
    SELECT a.saves, p_projection, a.id, a.document
      FROM unnest(p_ids, p_expected, p_saves, p_documents) AS a (id, expected, saves, document)
     WHERE a.document IS NOT NULL AND a.expected IS DISTINCT FROM 0
     ORDER BY a.id
    ON CONFLICT (projection, id) DO UPDATE SET version = d.version + excluded.version, document = excluded.document;

    DELETE FROM ${schema}.document_fields AS f
     WHERE f.projection = p_projection
       AND f.id = ANY (v_gone || ARRAY(SELECT s.id FROM unnest(p_ids, p_documents) AS s (id, document) WHERE s.document IS NOT NULL))
       AND NOT EXISTS (SELECT FROM unnest(p_field_ids, p_fields) AS a (id, field) WHERE a.id = f.id AND a.field = f.field);
    INSERT INTO ${schema}.document_fields AS f (projection, id, field, text_value, number_value, instant_value)
    SELECT p_projection, a.id, a.field, a.text_value, a.number_value, a.instant_value
      FROM unnest(p_field_ids, p_fields, p_texts, p_numbers, p_instants) AS a (id, field, text_value, number_value, instant_value)
    ON CONFLICT (projection, id, field) DO UPDATE
       SET text_value = excluded.text_value, number_value = excluded.number_value, instant_value = excluded.instant_value
     WHERE (f.text_value, f.number_value, f.instant_value)
           IS DISTINCT FROM (excluded.text_value, excluded.number_value, excluded.instant_value);
END $$;

REVOKE ALL ON FUNCTION
    ${schema}.write_documents_v1(text, text, bigint, text, bigint, text[], bigint[], boolean[], int[], text[],
                                 text[], text[], text[], numeric[], bigint[])
FROM PUBLIC;

CREATE OR REPLACE FUNCTION ${schema}.schema_version() RETURNS int
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT 2 $$;
