-- Carries an approved adjustment out (I-13): p_actor is the approver, the maker stands in the approval.
CREATE FUNCTION commit_adjustment(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea,
  p_approval uuid, p_payload_hash bytea, p_household uuid, p_amount bigint, p_entry uuid, p_view jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
  v_account record;
  v_now timestamptz;
  v_code text;
  v_balance bigint;
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused; is_replay := true; reply := v_begun.known_reply;
    RETURN;
  END IF;
  SELECT balance, held, closed_at INTO v_account FROM ledger_account
  WHERE community_id = p_community AND account_id = p_household FOR NO KEY UPDATE;
  v_now := app_now();
  IF v_account.balance IS NULL OR v_account.closed_at IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      'ledger.account-closed', '{}') AS r;
    RETURN;
  END IF;
  v_account.balance := v_account.balance - settle_expiry(p_community, p_household, v_now);
  IF p_amount < 0 AND v_account.balance - v_account.held + p_amount < 0 THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      'ledger.insufficient-points',
      jsonb_build_object('missingCentipoints', -p_amount - (v_account.balance - v_account.held),
        'availableCentipoints', v_account.balance - v_account.held)) AS r;
    RETURN;
  END IF;
  v_code := take_approval(p_community, p_approval, 'ledger.adjustment', p_payload_hash, p_actor, p_household, v_now);
  IF v_code IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request, v_code,
      '{}') AS r;
    RETURN;
  END IF;
  v_balance := post_entry(p_community, p_entry, p_household, p_amount, system_account('adjustment'), 7::smallint,
    p_approval, p_actor, v_now, v_now, NULL, p_approval);
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request, 'ledger.adjustment', 'ledger-entry',
    p_entry::text, NULL, p_payload_hash, 'done', jsonb_build_object('centipoints', p_amount));
  is_refused := false; is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, false,
    (p_view || jsonb_build_object('balanceCentipoints', v_balance, 'recordedAt', v_now))::text);
END
$$;
