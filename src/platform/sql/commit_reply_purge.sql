-- Forgets reply texts older than p_before (never sooner than 72 h); the key itself stays taken for ever.
CREATE FUNCTION commit_reply_purge(p_community bigint, p_before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_latest timestamptz := least(p_before, app_now() - interval '72 hours');
  v_count bigint;
BEGIN
  UPDATE request SET reply = NULL
  WHERE community_id = p_community AND recorded_at < v_latest AND reply IS NOT NULL;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END
$$;
