-- One account of the nightly expiry job. Running it twice, late or never changes nothing that could be spent (I-14).
CREATE FUNCTION commit_expiry(p_community bigint, p_household uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM 1 FROM ledger_account
  WHERE community_id = p_community AND account_id = p_household AND closed_at IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  RETURN settle_expiry(p_community, p_household, app_now());
END
$$;
