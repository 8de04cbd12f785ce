-- ${events} events in ${streams} streams of ${length}: the first of each stream, then the second of each, and so on.
SET synchronous_commit = off;

INSERT INTO infra.events (position, version, recorded_at, event_id, schema_version, stream_id, type, data, metadata)
SELECT nextval('infra.event_position'), (i - 1) / ${streams} + 1, clock_timestamp(), uuidv7(), 1,
       'account-' || (i - 1) % ${streams}, '${type}', '${data}', '${metadata}'
  FROM generate_series(1, ${events}) i;

INSERT INTO infra.streams (version, high_event_id, stream_id)
SELECT ${length}, uuidv7(), 'account-' || i FROM generate_series(0, ${streams} - 1) i;

INSERT INTO straightforward.events (stream_id, version, type, data, metadata)
SELECT 'account-' || (i - 1) % ${streams}, (i - 1) / ${streams} + 1, '${type}', '${data}'::jsonb, '${metadata}'::jsonb
  FROM generate_series(1, ${events}) i;
