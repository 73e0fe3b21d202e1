-- Ends a reservation, exactly once (I-12): 'confirmed' (fetched at the shop: becomes a redemption), 'cancelled', or
-- 'expired'. From the instant it expires it can only expire, whether or not the sweeper has run.
CREATE FUNCTION commit_reservation_end(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea,
  p_reservation uuid, p_outcome text, p_card uuid, p_checked_by text, p_redemption uuid, p_lines jsonb, p_entry uuid,
  p_view jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
  v_reservation record;
  v_account record;
  v_line jsonb;
  v_now timestamptz;
  v_code text;
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused; is_replay := true; reply := v_begun.known_reply;
    RETURN;
  END IF;
  SELECT household_id, site_id, hold_id, total_centipoints, expires_at INTO v_reservation FROM reservation
  WHERE community_id = p_community AND reservation_id = p_reservation;
  IF NOT FOUND THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      'redemptions.reservation-not-found', '{}') AS r;
    RETURN;
  END IF;
  PERFORM 1 FROM ledger_account
  WHERE community_id = p_community AND account_id = v_reservation.household_id FOR NO KEY UPDATE;
  v_now := app_now();
  PERFORM 1 FROM reservation_end WHERE community_id = p_community AND reservation_id = p_reservation;
  IF FOUND THEN
    v_code := 'redemptions.reservation-ended';
  ELSIF p_outcome <> 'expired' AND v_now >= v_reservation.expires_at THEN
    v_code := 'redemptions.reservation-expired';
  ELSIF p_outcome = 'expired' AND v_now < v_reservation.expires_at THEN
    v_code := 'redemptions.reservation-still-open';
  END IF;
  IF v_code IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request, v_code,
      '{}') AS r;
    RETURN;
  END IF;
  INSERT INTO reservation_end (community_id, reservation_id, outcome, actor_id, ended_at)
  VALUES (p_community, p_reservation, p_outcome, p_actor, v_now);
  INSERT INTO ledger_hold_end (community_id, hold_id, outcome, ended_at)
  VALUES (p_community, v_reservation.hold_id, p_outcome, v_now);
  UPDATE ledger_account SET held = held - v_reservation.total_centipoints
  WHERE community_id = p_community AND account_id = v_reservation.household_id
  RETURNING balance, held INTO v_account;
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    UPDATE shelf SET
      reserved = reserved - (v_line->>'quantity')::integer,
      on_hand = on_hand - CASE WHEN p_outcome = 'confirmed' THEN (v_line->>'quantity')::integer ELSE 0 END
    WHERE community_id = p_community AND site_id = v_reservation.site_id AND goods_id = (v_line->>'goodsId')::uuid;
  END LOOP;
  IF p_outcome = 'confirmed' THEN
    v_account.balance := record_redemption(p_community, p_actor, p_redemption, v_reservation.household_id,
      v_reservation.site_id, p_card, p_reservation, p_checked_by, p_lines, v_reservation.total_centipoints, p_entry,
      v_now);
  END IF;
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request, 'redemptions.reservation-' || p_outcome,
    'reservation', p_reservation::text, NULL, p_body_hash, 'done',
    jsonb_build_object('centipoints', v_reservation.total_centipoints));
  is_refused := false; is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, false,
    (p_view || jsonb_build_object('balanceCentipoints', v_account.balance, 'heldCentipoints', v_account.held,
      'recordedAt', v_now))::text);
END
$$;
