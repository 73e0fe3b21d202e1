-- I-11: what a household owes since a spent award was reversed is repaid first, out of what it has just been credited.
-- Two postings through the clearing account, in the transaction of the credit. Returns what was repaid, in centipoints.
CREATE FUNCTION repay_debt(
  p_community bigint, p_household uuid, p_credited bigint, p_source uuid, p_actor uuid, p_now timestamptz)
RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
  v_debt record;
  v_repaid bigint;
BEGIN
  SELECT account_id, balance INTO v_debt FROM ledger_account
  WHERE community_id = p_community AND owner_id = p_household AND kind = 'debt';
  v_repaid := least(p_credited, -v_debt.balance);
  IF v_repaid > 0 THEN
    PERFORM post_entry(p_community, new_id(), p_household, -v_repaid, system_account('clearing'), 12::smallint, p_source,
      p_actor, p_now, p_now, NULL, NULL);
    PERFORM post_entry(p_community, new_id(), v_debt.account_id, v_repaid, system_account('clearing'), 12::smallint,
      p_source, p_actor, p_now, p_now, NULL, NULL);
  END IF;
  RETURN greatest(v_repaid, 0);
END
$$;
