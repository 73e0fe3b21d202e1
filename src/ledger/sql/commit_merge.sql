-- Moves everything of one household's accounts to another's by postings through the clearing account, and closes the
-- first. Returns 'merged', or what stands in the way: 'held' (an open reservation), 'closed'.
CREATE FUNCTION commit_merge(p_community bigint, p_actor uuid, p_from uuid, p_to uuid, p_source uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_now timestamptz;
  v_from record;
  v_debt record;
  v_to_debt_account uuid;
BEGIN
  PERFORM 1 FROM ledger_account
  WHERE community_id = p_community AND account_id = least(p_from, p_to) AND closed_at IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN 'closed';
  END IF;
  PERFORM 1 FROM ledger_account
  WHERE community_id = p_community AND account_id = greatest(p_from, p_to) AND closed_at IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN 'closed';
  END IF;
  v_now := app_now();
  PERFORM settle_expiry(p_community, p_from, v_now);
  SELECT balance, held INTO v_from FROM ledger_account
  WHERE community_id = p_community AND account_id = p_from;
  IF v_from.held <> 0 THEN
    RETURN 'held';
  END IF;
  IF v_from.balance > 0 THEN
    PERFORM post_entry(p_community, new_id(), p_from, -v_from.balance, system_account('clearing'), 13::smallint, p_source,
      p_actor, v_now, v_now, NULL, NULL);
    PERFORM post_entry(p_community, new_id(), p_to, v_from.balance, system_account('clearing'), 13::smallint, p_source,
      p_actor, v_now, v_now, NULL, NULL);
  END IF;
  SELECT account_id, balance INTO v_debt FROM ledger_account
  WHERE community_id = p_community AND owner_id = p_from AND kind = 'debt';
  IF v_debt.balance < 0 THEN
    SELECT account_id INTO v_to_debt_account FROM ledger_account
    WHERE community_id = p_community AND owner_id = p_to AND kind = 'debt';
    PERFORM post_entry(p_community, new_id(), v_debt.account_id, -v_debt.balance, system_account('clearing'), 13::smallint,
      p_source, p_actor, v_now, v_now, NULL, NULL);
    PERFORM post_entry(p_community, new_id(), v_to_debt_account, v_debt.balance, system_account('clearing'), 13::smallint,
      p_source, p_actor, v_now, v_now, NULL, NULL);
  END IF;
  UPDATE ledger_account SET closed_at = v_now
  WHERE community_id = p_community AND owner_id = p_from AND closed_at IS NULL;
  RETURN 'merged';
END
$$;
