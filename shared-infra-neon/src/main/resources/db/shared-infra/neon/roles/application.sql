-- What the application's role may do. Run by the owner of the schema, after the migrations and again after each new one.
-- The role exists already and should own nothing:  CREATE ROLE app LOGIN PASSWORD '…' NOINHERIT;
--
-- It can neither insert, update or delete events nor draw positions, but through the functions that append.

GRANT USAGE ON SCHEMA ${schema} TO ${role};

GRANT SELECT ON ${schema}.events, ${schema}.streams TO ${role};

GRANT EXECUTE ON FUNCTION
    ${schema}.append_one_v1(text, bigint, uuid, text, int, text, text),
    ${schema}.append_v1(text, bigint, uuid[], text[], int[], text[], text[]),
    ${schema}.append_joined_v1(text, bigint, uuid[], text[], int[], text[], text[], int),
    ${schema}.settled_v1(bigint, int),
    ${schema}.read_log_v1(bigint, int, int, text[], text[]),
    ${schema}.watermark_v1(),
    ${schema}.log_id_v1(),
    ${schema}.schema_version(),
    ${schema}.open_appends_v1()
TO ${role};

-- Projections are the application's own: it writes them as it likes.
GRANT SELECT, INSERT, UPDATE, DELETE ON ${schema}.documents, ${schema}.document_fields, ${schema}.checkpoints TO ${role};

GRANT EXECUTE ON FUNCTION
    ${schema}.write_documents_v1(text, text, bigint, text, bigint, text[], bigint[], boolean[], int[], text[],
                                 text[], text[], text[], numeric[], bigint[])
TO ${role};
