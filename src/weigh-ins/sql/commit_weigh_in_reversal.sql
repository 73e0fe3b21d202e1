-- Reverses a whole weigh-in, once (I-10). With p_correction the visit is recorded anew without the lines that were wrong:
-- that is how a single line is reversed, and history stays as it was.
-- Points that are spent already are lent as debt, which an approver must allow (I-11).
CREATE FUNCTION commit_weigh_in_reversal(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea,
  p_weigh_in uuid, p_reversal uuid, p_entry uuid, p_reason text, p_approval uuid, p_payload_hash bytea,
  p_correction uuid, p_correction_entry uuid, p_household_seq bigint, p_centipoints bigint, p_credit jsonb,
  p_lines jsonb, p_view jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
  v_weigh_in record;
  v_account record;
  v_award uuid;
  v_household_seq bigint;
  v_now timestamptz;
  v_owed bigint;
  v_net bigint;
  v_shortage bigint;
  v_code text;
  v_balance bigint;
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused; is_replay := true; reply := v_begun.known_reply;
    RETURN;
  END IF;
  SELECT * INTO v_weigh_in FROM weigh_in WHERE community_id = p_community AND weigh_in_id = p_weigh_in;
  IF NOT FOUND THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      'weigh-ins.not-found', '{}') AS r;
    RETURN;
  END IF;
  SELECT balance, held, closed_at INTO v_account FROM ledger_account
  WHERE community_id = p_community AND account_id = v_weigh_in.household_id FOR NO KEY UPDATE;
  v_now := app_now();
  IF v_account.closed_at IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      'ledger.account-closed', '{}') AS r;
    RETURN;
  END IF;
  PERFORM 1 FROM weigh_in_reversal WHERE community_id = p_community AND weigh_in_id = p_weigh_in;
  IF FOUND THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      'weigh-ins.already-reversed', '{}') AS r;
    RETURN;
  END IF;
  IF p_correction IS NOT NULL THEN
    SELECT household_seq INTO v_household_seq FROM weigh_in
    WHERE community_id = p_community AND household_id = v_weigh_in.household_id ORDER BY household_seq DESC LIMIT 1;
    IF v_household_seq <> p_household_seq THEN
      RAISE EXCEPTION 'stale plan' USING ERRCODE = 'EM001';
    END IF;
  END IF;
  v_account.balance := v_account.balance - settle_expiry(p_community, v_weigh_in.household_id, v_now);
  -- What has to be there is what the reversal takes, less what the correction gives back and an older debt leaves of it.
  SELECT -balance INTO v_owed FROM ledger_account
  WHERE community_id = p_community AND owner_id = v_weigh_in.household_id AND kind = 'debt';
  v_net := v_weigh_in.centipoints - greatest(0, coalesce(p_centipoints, 0) - v_owed);
  v_shortage := greatest(0, v_net - greatest(0, v_account.balance - v_account.held));
  IF p_approval IS NOT NULL THEN
    v_code := take_approval(p_community, p_approval, 'weigh-ins.reversal', p_payload_hash, p_actor,
      v_weigh_in.household_id, v_now);
  ELSIF v_shortage > 0 THEN
    v_code := 'weigh-ins.points-spent';
  END IF;
  IF v_code IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request, v_code,
      jsonb_build_object('missingCentipoints', v_shortage)) AS r;
    RETURN;
  END IF;
  v_balance := v_account.balance;
  IF p_correction IS NOT NULL THEN
    PERFORM record_weigh_in(p_community, p_actor, p_correction, v_weigh_in.household_id,
      p_household_seq + 1, v_weigh_in.site_id, v_weigh_in.card_id, NULL, NULL, v_weigh_in.occurred_at,
      v_weigh_in.is_late, v_weigh_in.tariff_version_id, p_centipoints, p_credit, p_lines, p_weigh_in,
      p_correction_entry, v_now);
  END IF;
  IF v_weigh_in.centipoints > 0 THEN
    IF v_shortage > 0 THEN
      PERFORM lend_shortage(p_community, v_weigh_in.household_id, v_shortage, p_reversal, p_actor, v_now);
    END IF;
    SELECT entry_id INTO v_award FROM ledger_entry
    WHERE community_id = p_community AND source_id = p_weigh_in AND account_id = v_weigh_in.household_id AND kind = 2;
    v_balance := post_entry(p_community, p_entry, v_weigh_in.household_id, -v_weigh_in.centipoints,
      system_account('issuance'), 3::smallint, p_reversal, p_actor, v_weigh_in.occurred_at, v_now, v_award, p_approval);
  END IF;
  INSERT INTO weigh_in_reversal (community_id, weigh_in_id, reversal_id, reason, debt_centipoints, approval_id,
    correction_id, actor_id, recorded_at)
  VALUES (p_community, p_weigh_in, p_reversal, p_reason, v_shortage, p_approval, p_correction, p_actor, v_now);
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request, 'weigh-ins.reverse', 'weigh-in',
    p_weigh_in::text, NULL, p_body_hash, 'done',
    jsonb_build_object('centipoints', coalesce(p_centipoints, 0) - v_weigh_in.centipoints,
      'debtCentipoints', v_shortage));
  is_refused := false; is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, false,
    (p_view || jsonb_build_object('balanceCentipoints', v_balance, 'debtCentipoints', v_shortage,
      'recordedAt', v_now))::text);
END
$$;
