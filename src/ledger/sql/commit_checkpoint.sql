-- Keeps a signed checkpoint; one a community and day. Returns false where the day has one already.
CREATE FUNCTION commit_checkpoint(p_community bigint, p_day date, p_document text, p_signature bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO ledger_checkpoint (community_id, day, document, signature, recorded_at)
  VALUES (p_community, p_day, p_document, p_signature, app_now())
  ON CONFLICT (community_id, day) DO NOTHING;
  RETURN FOUND;
END
$$;
