-- Reserves goods for a household: points and pieces are held at once (I-12).
CREATE FUNCTION commit_reservation(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea,
  p_reservation uuid, p_household uuid, p_site uuid, p_code text, p_last_day date, p_expires_at timestamptz,
  p_lines jsonb, p_total bigint, p_day_max bigint, p_day_start timestamptz, p_hold uuid, p_view jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
  v_checked record;
  v_account record;
  v_line jsonb;
  v_now timestamptz;
  v_short jsonb;
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused; is_replay := true; reply := v_begun.known_reply;
    RETURN;
  END IF;
  PERFORM 1 FROM ledger_account WHERE community_id = p_community AND account_id = p_household FOR NO KEY UPDATE;
  v_now := app_now();
  SELECT c.code, c.params INTO v_checked
  FROM check_order(p_community, p_household, p_lines, p_total, p_day_max, p_day_start, v_now) AS c;
  IF v_checked.code IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      v_checked.code, v_checked.params) AS r;
    RETURN;
  END IF;
  v_short := claim_shelves(p_community, p_site, p_lines, true, p_last_day);
  IF v_short IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      'redemptions.out-of-stock', jsonb_build_object('short', v_short)) AS r;
    RETURN;
  END IF;
  UPDATE ledger_account SET held = held + p_total
  WHERE community_id = p_community AND account_id = p_household
  RETURNING balance, held INTO v_account;
  INSERT INTO ledger_hold (community_id, hold_id, account_id, amount, source_id, placed_at, expires_at)
  VALUES (p_community, p_hold, p_household, p_total, p_reservation, v_now, p_expires_at);
  INSERT INTO reservation (community_id, reservation_id, household_id, site_id, hold_id, code, total_centipoints,
    placed_at, last_day, expires_at, actor_id)
  VALUES (p_community, p_reservation, p_household, p_site, p_hold, p_code, p_total, v_now, p_last_day, p_expires_at,
    p_actor);
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    INSERT INTO reservation_line (community_id, reservation_id, goods_id, quantity, unit_centipoints)
    VALUES (p_community, p_reservation, (v_line->>'goodsId')::uuid, (v_line->>'quantity')::integer,
      (v_line->>'unitCentipoints')::bigint);
  END LOOP;
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request, 'redemptions.reserve', 'reservation',
    p_reservation::text, NULL, p_body_hash, 'done', jsonb_build_object('heldCentipoints', p_total));
  is_refused := false; is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, false,
    (p_view || jsonb_build_object('balanceCentipoints', v_account.balance, 'heldCentipoints', v_account.held,
      'recordedAt', v_now))::text);
END
$$;
