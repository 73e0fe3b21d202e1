-- A UUIDv7 (RFC 9562) for rows that only a commit function knows of; PostgreSQL 15 to 17 have no uuidv7() of their own.
CREATE FUNCTION new_id() RETURNS uuid
LANGUAGE sql VOLATILE
AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid
$$;
