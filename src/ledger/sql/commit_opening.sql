-- The balance a household brings from the paper book: only as the very first entry of its account.
CREATE FUNCTION commit_opening(
  p_community bigint, p_actor uuid, p_household uuid, p_amount bigint, p_entry uuid, p_source uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_now timestamptz;
BEGIN
  PERFORM 1 FROM ledger_account
  WHERE community_id = p_community AND account_id = p_household AND entry_count = 0 FOR NO KEY UPDATE;
  IF NOT FOUND OR p_amount <= 0 THEN
    RAISE EXCEPTION 'opening balance on a used account' USING ERRCODE = 'EM004';
  END IF;
  v_now := app_now();
  PERFORM post_entry(p_community, p_entry, p_household, p_amount, system_account('opening'), 1::smallint, p_source,
    p_actor, v_now, v_now, NULL, NULL);
END
$$;
