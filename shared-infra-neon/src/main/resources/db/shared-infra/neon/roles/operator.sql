-- What the operator's role may do: read, archive and tombstone streams, and say which incarnation of the log this is.
-- Run by the owner of the schema, after the migrations and again after each new one.
--
-- So that open_appends_v1() shows it the sessions of other roles too, let a superuser (on Neon: a neon_superuser) add
--   GRANT pg_read_all_stats TO …;

GRANT USAGE ON SCHEMA ${schema} TO ${role};

GRANT SELECT ON ${schema}.events, ${schema}.streams, ${schema}.log_identity TO ${role};

GRANT EXECUTE ON FUNCTION
    ${schema}.settled_v1(bigint, int),
    ${schema}.read_log_v1(bigint, int, int, text[], text[]),
    ${schema}.watermark_v1(),
    ${schema}.log_id_v1(),
    ${schema}.schema_version(),
    ${schema}.open_appends_v1(),
    ${schema}.archive_stream_v1(text, boolean),
    ${schema}.tombstone_stream_v1(text),
    ${schema}.renew_log_v1(),
    ${schema}.keep_log_v1()
TO ${role};
