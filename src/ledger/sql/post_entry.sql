-- The only writer of ledger_entry (I-2, I-5, I-16). The caller holds the account's row lock.
-- Sequence, balance, running totals and head hash change in one UPDATE; the entry is a copy of what it returned.
-- The hash covers the previous hash and every field, as fixed-width big-endian binary: no text, no time zone, no locale.
-- Its layout stands once more, written independently, in src/ledger/entry-hash.ts.
CREATE FUNCTION post_entry(
  p_community bigint, p_entry uuid, p_account uuid, p_amount bigint, p_counter uuid, p_kind smallint, p_source uuid,
  p_actor uuid, p_occurred_at timestamptz, p_recorded_at timestamptz, p_reverses uuid, p_approval uuid)
RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
  v_account record;
BEGIN
  UPDATE ledger_account SET
    balance = balance + p_amount,
    entry_count = entry_count + 1,
    credited = credited + greatest(p_amount, 0),
    debited = debited + greatest(-p_amount, 0),
    head_hash = sha256(head_hash || int8send(p_community) || uuid_send(p_account) || int8send(entry_count + 1)
      || int8send(p_amount) || int8send(balance + p_amount)
      || int8send(credited + greatest(p_amount, 0)) || int8send(debited + greatest(-p_amount, 0))
      || uuid_send(p_counter) || int2send(p_kind) || uuid_send(p_source) || uuid_send(p_actor)
      || int8send((extract(epoch FROM p_occurred_at) * 1000000)::bigint)
      || int8send((extract(epoch FROM p_recorded_at) * 1000000)::bigint)
      || uuid_send(coalesce(p_reverses, '00000000-0000-0000-0000-000000000000'))
      || uuid_send(coalesce(p_approval, '00000000-0000-0000-0000-000000000000'))
      || uuid_send(p_entry))
  WHERE community_id = p_community AND account_id = p_account AND closed_at IS NULL
  RETURNING entry_count, balance, credited, debited, head_hash INTO v_account;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'account is closed or unknown' USING ERRCODE = 'EM004';
  END IF;
  INSERT INTO ledger_entry (community_id, entry_id, account_id, seq, amount, balance_after, credited_after,
    debited_after, counter_account_id, kind, source_id, actor_id, occurred_at, recorded_at, reverses, approval_id, hash)
  VALUES (p_community, p_entry, p_account, v_account.entry_count, p_amount, v_account.balance, v_account.credited,
    v_account.debited, p_counter, p_kind, p_source, p_actor, p_occurred_at, p_recorded_at, p_reverses, p_approval,
    v_account.head_hash);
  RETURN v_account.balance;
END
$$;
