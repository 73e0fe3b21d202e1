-- The one clock of the whole system. Always asked as (SELECT app_now()) inside a query, so that it is read once and an
-- index on the instant can be used. Tests replace it to move time.
CREATE FUNCTION app_now() RETURNS timestamptz
LANGUAGE sql VOLATILE SET search_path = public, pg_temp
AS $$ SELECT clock_timestamp() $$;
