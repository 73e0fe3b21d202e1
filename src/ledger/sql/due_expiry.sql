-- What of an account has expired but is not yet posted as expired (I-14), in centipoints; 0 while expiry is off.
-- A cutoff is the start of a month in China. FIFO without lots: of everything credited before the cutoff, whatever was
-- ever debited or is held counts as spent first.
CREATE FUNCTION due_expiry(p_community bigint, p_account uuid, p_now timestamptz, OUT cutoff timestamptz, OUT amount bigint)
LANGUAGE plpgsql STABLE
AS $$
DECLARE
  v_months integer;
  v_credited bigint;
BEGIN
  amount := 0;
  SELECT expiry_months INTO v_months FROM community_settings WHERE community_id = p_community;
  IF v_months IS NULL THEN
    RETURN;
  END IF;
  cutoff := (date_trunc('month', p_now AT TIME ZONE 'Asia/Shanghai') - make_interval(months => v_months))
    AT TIME ZONE 'Asia/Shanghai';
  SELECT credited_after INTO v_credited FROM ledger_entry
  WHERE community_id = p_community AND account_id = p_account AND recorded_at < cutoff
  ORDER BY seq DESC LIMIT 1;
  IF v_credited IS NULL THEN
    RETURN;
  END IF;
  SELECT greatest(0, least(v_credited - debited - held, balance - held)) INTO amount
  FROM ledger_account WHERE community_id = p_community AND account_id = p_account;
END
$$;
