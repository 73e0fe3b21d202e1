-- Carries a planned weigh-in out. The plan relied on the household's visits so far (p_household_seq, for the caps) and on
-- the tariff in force when it happened: where either has changed, EM001 asks for a new plan.
CREATE FUNCTION commit_weigh_in(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea,
  p_weigh_in uuid, p_household uuid, p_household_seq bigint, p_site uuid, p_card uuid, p_device uuid,
  p_device_seq bigint, p_occurred_at timestamptz, p_is_late boolean, p_tariff uuid, p_centipoints bigint,
  p_credit jsonb, p_lines jsonb, p_entry uuid, p_view jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
  v_account record;
  v_known_weigh_in uuid;
  v_household_seq bigint;
  v_tariff uuid;
  v_now timestamptz;
  v_written record;
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused; is_replay := true; reply := v_begun.known_reply;
    RETURN;
  END IF;
  SELECT held, closed_at INTO v_account FROM ledger_account
  WHERE community_id = p_community AND account_id = p_household FOR NO KEY UPDATE;
  v_now := app_now();
  IF v_account.held IS NULL OR v_account.closed_at IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      'ledger.account-closed', '{}') AS r;
    RETURN;
  END IF;
  IF p_device IS NOT NULL THEN
    SELECT weigh_in_id INTO v_known_weigh_in FROM weigh_in
    WHERE community_id = p_community AND device_id = p_device AND device_seq = p_device_seq;
    IF FOUND THEN
      SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
        'weigh-ins.already-recorded', jsonb_build_object('weighInId', v_known_weigh_in)) AS r;
      RETURN;
    END IF;
  END IF;
  SELECT household_seq INTO v_household_seq FROM weigh_in
  WHERE community_id = p_community AND household_id = p_household ORDER BY household_seq DESC LIMIT 1;
  SELECT version_id INTO v_tariff FROM tariff_version
  WHERE community_id = p_community AND status = 'approved' AND effective_from <= p_occurred_at
  ORDER BY effective_from DESC LIMIT 1;
  IF coalesce(v_household_seq, 0) <> p_household_seq OR v_tariff IS DISTINCT FROM p_tariff THEN
    RAISE EXCEPTION 'stale plan' USING ERRCODE = 'EM001';
  END IF;
  SELECT w.balance, w.repaid INTO v_written FROM record_weigh_in(p_community, p_actor, p_weigh_in, p_household,
    p_household_seq + 1, p_site, p_card, p_device, p_device_seq, p_occurred_at, p_is_late, p_tariff, p_centipoints,
    p_credit, p_lines, NULL, p_entry, v_now) AS w;
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request, 'weigh-ins.record', 'weigh-in',
    p_weigh_in::text, NULL, p_body_hash, 'done', jsonb_build_object('centipoints', p_centipoints));
  is_refused := false; is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, false,
    (p_view || jsonb_build_object('balanceCentipoints', v_written.balance, 'heldCentipoints', v_account.held,
      'repaidCentipoints', v_written.repaid, 'recordedAt', v_now))::text);
END
$$;
