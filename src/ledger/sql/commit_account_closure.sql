-- Closes both accounts of a household. Returns 'closed', or what stands in the way: 'balance', 'held' or 'debt'.
CREATE FUNCTION commit_account_closure(p_community bigint, p_household uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_account record;
  v_debt bigint;
  v_now timestamptz;
BEGIN
  SELECT balance, held INTO v_account FROM ledger_account
  WHERE community_id = p_community AND account_id = p_household FOR NO KEY UPDATE;
  v_now := app_now();
  PERFORM settle_expiry(p_community, p_household, v_now);
  SELECT balance, held INTO v_account FROM ledger_account
  WHERE community_id = p_community AND account_id = p_household;
  SELECT balance INTO v_debt FROM ledger_account
  WHERE community_id = p_community AND owner_id = p_household AND kind = 'debt';
  IF v_account.held <> 0 THEN
    RETURN 'held';
  ELSIF v_account.balance <> 0 THEN
    RETURN 'balance';
  ELSIF v_debt <> 0 THEN
    RETURN 'debt';
  END IF;
  UPDATE ledger_account SET closed_at = v_now
  WHERE community_id = p_community AND owner_id = p_household AND closed_at IS NULL;
  RETURN 'closed';
END
$$;
