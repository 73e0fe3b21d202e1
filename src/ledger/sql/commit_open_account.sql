-- A household's two accounts (I-20): its points under the household's own id, and its debt, empty. Rows are made before
-- they are needed, because a lock on a missing row locks nothing. FOR SHARE: a floor that is being changed reaches this
-- account as well.
CREATE FUNCTION commit_open_account(p_community bigint, p_household uuid, p_debt_account uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_floor bigint;
BEGIN
  SELECT overdraft_floor_centipoints INTO v_floor FROM community_settings WHERE community_id = p_community
  FOR SHARE;
  INSERT INTO ledger_account (community_id, account_id, kind, owner_id, floor, balance, held, entry_count, credited,
    debited, head_hash, opened_at)
  VALUES (p_community, p_household, 'household', p_household, v_floor, 0, 0, 0, 0, 0, decode(repeat('00', 32), 'hex'),
    app_now());
  INSERT INTO ledger_account (community_id, account_id, kind, owner_id, floor, balance, held, entry_count, credited,
    debited, head_hash, opened_at)
  VALUES (p_community, p_debt_account, 'debt', p_household, 0, 0, 0, 0, 0, 0, decode(repeat('00', 32), 'hex'), app_now());
END
$$;
