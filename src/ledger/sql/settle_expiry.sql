-- Posts what has expired, once for an account and a cutoff. Called under the account's lock before anything is spent, so
-- the nightly job may run twice, late or never.
CREATE FUNCTION settle_expiry(p_community bigint, p_account uuid, p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
  v_due record;
BEGIN
  SELECT d.cutoff, d.amount INTO v_due FROM due_expiry(p_community, p_account, p_now) AS d;
  IF v_due.amount = 0 THEN
    RETURN 0;
  END IF;
  INSERT INTO ledger_expiry (community_id, account_id, cutoff, amount, recorded_at)
  VALUES (p_community, p_account, v_due.cutoff, v_due.amount, p_now)
  ON CONFLICT (community_id, account_id, cutoff) DO NOTHING;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  PERFORM post_entry(p_community, new_id(), p_account, -v_due.amount, system_account('expiry'), 11::smallint, new_id(),
    '00000000-0000-7000-8000-0000000000ff', p_now, p_now, NULL, NULL);
  RETURN v_due.amount;
END
$$;
