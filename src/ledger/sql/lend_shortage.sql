-- I-11: lends a household what a reversal of already spent points would take below zero, so that the reversal itself can
-- negate the award exactly. Two postings through the clearing account.
CREATE FUNCTION lend_shortage(
  p_community bigint, p_household uuid, p_amount bigint, p_source uuid, p_actor uuid, p_now timestamptz)
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  v_debt_account uuid;
BEGIN
  SELECT account_id INTO v_debt_account FROM ledger_account
  WHERE community_id = p_community AND owner_id = p_household AND kind = 'debt';
  PERFORM post_entry(p_community, new_id(), v_debt_account, -p_amount, system_account('clearing'), 12::smallint, p_source,
    p_actor, p_now, p_now, NULL, NULL);
  PERFORM post_entry(p_community, new_id(), p_household, p_amount, system_account('clearing'), 12::smallint, p_source,
    p_actor, p_now, p_now, NULL, NULL);
END
$$;
