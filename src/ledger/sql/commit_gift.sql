-- A gift to another household or, with p_to NULL, to the community's charity account. Between households it is two
-- postings through the clearing account (I-1). Accounts are locked by id.
CREATE FUNCTION commit_gift(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea,
  p_gift uuid, p_from uuid, p_to uuid, p_amount bigint, p_entry uuid, p_view jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
  v_from record;
  v_now timestamptz;
  v_balance bigint;
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused; is_replay := true; reply := v_begun.known_reply;
    RETURN;
  END IF;
  IF p_to < p_from THEN
    PERFORM 1 FROM ledger_account WHERE community_id = p_community AND account_id = p_to FOR NO KEY UPDATE;
  END IF;
  SELECT balance, held, closed_at INTO v_from FROM ledger_account
  WHERE community_id = p_community AND account_id = p_from FOR NO KEY UPDATE;
  IF p_to IS NOT NULL THEN
    PERFORM 1 FROM ledger_account
    WHERE community_id = p_community AND account_id = p_to AND kind = 'household' AND closed_at IS NULL
    FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
        'ledger.account-closed', '{}') AS r;
      RETURN;
    END IF;
  END IF;
  v_now := app_now();
  IF v_from.balance IS NULL OR v_from.closed_at IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      'ledger.account-closed', '{}') AS r;
    RETURN;
  END IF;
  v_from.balance := v_from.balance - settle_expiry(p_community, p_from, v_now);
  IF v_from.balance - v_from.held < p_amount THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      'ledger.insufficient-points',
      jsonb_build_object('missingCentipoints', p_amount - (v_from.balance - v_from.held),
        'availableCentipoints', v_from.balance - v_from.held)) AS r;
    RETURN;
  END IF;
  v_balance := post_entry(p_community, p_entry, p_from, -p_amount,
    CASE WHEN p_to IS NULL THEN system_account('donation') ELSE system_account('clearing') END, 9::smallint, p_gift,
    p_actor, v_now, v_now, NULL, NULL);
  IF p_to IS NOT NULL THEN
    PERFORM post_entry(p_community, new_id(), p_to, p_amount, system_account('clearing'), 10::smallint, p_gift, p_actor,
      v_now, v_now, NULL, NULL);
    PERFORM repay_debt(p_community, p_to, p_amount, p_gift, p_actor, v_now);
  END IF;
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request, 'ledger.gift', 'ledger-entry', p_entry::text,
    NULL, p_body_hash, 'done', jsonb_build_object('centipoints', p_amount));
  is_refused := false; is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, false,
    (p_view || jsonb_build_object('balanceCentipoints', v_balance, 'recordedAt', v_now))::text);
END
$$;
