-- Trigger before an entry is written: I-15 (nobody posts to a household of his own or his kin) and I-10 (a reversal
-- negates exactly one entry of the same account, and a reversal is never reversed).
CREATE FUNCTION guard_entry() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
  v_reversed record;
BEGIN
  PERFORM 1 FROM staff_household
  WHERE community_id = NEW.community_id AND household_id = NEW.account_id AND person_id = NEW.actor_id;
  IF FOUND THEN
    RAISE EXCEPTION 'own household' USING ERRCODE = 'EM015';
  END IF;
  IF NEW.reverses IS NOT NULL THEN
    SELECT account_id, amount, reverses INTO v_reversed
    FROM ledger_entry WHERE community_id = NEW.community_id AND entry_id = NEW.reverses;
    IF NOT FOUND OR v_reversed.account_id <> NEW.account_id OR v_reversed.amount <> -NEW.amount
       OR v_reversed.reverses IS NOT NULL THEN
      RAISE EXCEPTION 'not a reversible entry' USING ERRCODE = 'EM010';
    END IF;
  END IF;
  RETURN NEW;
END
$$;
