-- Gives goods back and points with them: the whole redemption on its own day (p_is_cancellation, negates the entry
-- exactly), or some pieces of some lines later. Never more of a line than was taken (I-10).
-- p_lines: [{lineId, goodsId, quantity, movementId}], ordered by goodsId; the figures are checked against the order's.
CREATE FUNCTION commit_return(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea,
  p_return uuid, p_redemption uuid, p_is_cancellation boolean, p_lines jsonb, p_reason text, p_entry uuid, p_view jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
  v_redemption record;
  v_account record;
  v_line jsonb;
  v_ordered record;
  v_returned integer;
  v_on_hand integer;
  v_total bigint := 0;
  v_now timestamptz;
  v_code text;
  v_params jsonb := '{}';
  v_balance bigint;
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused; is_replay := true; reply := v_begun.known_reply;
    RETURN;
  END IF;
  SELECT household_id, site_id, entry_id, total_centipoints, business_date INTO v_redemption FROM redemption
  WHERE community_id = p_community AND redemption_id = p_redemption;
  IF NOT FOUND THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      'redemptions.not-found', '{}') AS r;
    RETURN;
  END IF;
  SELECT balance, held, closed_at INTO v_account FROM ledger_account
  WHERE community_id = p_community AND account_id = v_redemption.household_id FOR NO KEY UPDATE;
  v_now := app_now();
  IF v_account.closed_at IS NOT NULL THEN
    v_code := 'ledger.account-closed';
  ELSIF p_is_cancellation AND v_redemption.business_date <> (v_now AT TIME ZONE 'Asia/Shanghai')::date THEN
    v_code := 'redemptions.cancellation-too-late';
  ELSE
    FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
      SELECT quantity, unit_centipoints INTO v_ordered FROM redemption_line
      WHERE community_id = p_community AND line_id = (v_line->>'lineId')::uuid AND redemption_id = p_redemption
        AND goods_id = (v_line->>'goodsId')::uuid;
      IF NOT FOUND THEN
        v_code := 'redemptions.line-not-found';
        EXIT;
      END IF;
      SELECT coalesce(max(returned_after), 0) INTO v_returned FROM redemption_return_line
      WHERE community_id = p_community AND line_id = (v_line->>'lineId')::uuid;
      IF v_returned + (v_line->>'quantity')::integer > v_ordered.quantity THEN
        v_code := 'redemptions.already-returned';
        v_params := jsonb_build_object('goodsId', v_line->>'goodsId', 'returnedQuantity', v_returned,
          'leftQuantity', v_ordered.quantity - v_returned);
        EXIT;
      END IF;
      v_total := v_total + v_ordered.unit_centipoints * (v_line->>'quantity')::integer;
    END LOOP;
    IF v_code IS NULL AND p_is_cancellation AND v_total <> v_redemption.total_centipoints THEN
      v_code := 'redemptions.already-returned';
    END IF;
  END IF;
  IF v_code IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request, v_code,
      v_params) AS r;
    RETURN;
  END IF;
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    UPDATE shelf SET on_hand = on_hand + (v_line->>'quantity')::integer
    WHERE community_id = p_community AND site_id = v_redemption.site_id AND goods_id = (v_line->>'goodsId')::uuid
    RETURNING on_hand INTO v_on_hand;
    INSERT INTO stock_movement (community_id, movement_id, site_id, goods_id, delta, on_hand_after, kind, source_id,
      redemption_line_id, reason, actor_id, recorded_at)
    VALUES (p_community, (v_line->>'movementId')::uuid, v_redemption.site_id, (v_line->>'goodsId')::uuid,
      (v_line->>'quantity')::integer, v_on_hand, 'return', p_return, (v_line->>'lineId')::uuid, p_reason, p_actor,
      app_now());
    PERFORM put_back_stock(p_community, (v_line->>'quantity')::integer, (v_line->>'movementId')::uuid,
      (v_line->>'lineId')::uuid);
  END LOOP;
  v_balance := post_entry(p_community, p_entry, v_redemption.household_id, v_total, system_account('redemption'),
    CASE WHEN p_is_cancellation THEN 5 ELSE 6 END::smallint, p_return, p_actor, v_now, v_now,
    CASE WHEN p_is_cancellation THEN v_redemption.entry_id END, NULL);
  INSERT INTO redemption_return (community_id, return_id, redemption_id, is_cancellation, total_centipoints, entry_id,
    reason, actor_id, recorded_at)
  VALUES (p_community, p_return, p_redemption, p_is_cancellation, v_total, p_entry, p_reason, p_actor, v_now);
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    SELECT quantity INTO v_ordered FROM redemption_line
    WHERE community_id = p_community AND line_id = (v_line->>'lineId')::uuid;
    SELECT coalesce(max(returned_after), 0) INTO v_returned FROM redemption_return_line
    WHERE community_id = p_community AND line_id = (v_line->>'lineId')::uuid;
    INSERT INTO redemption_return_line (community_id, return_id, line_id, line_quantity, quantity, returned_after,
      movement_id)
    VALUES (p_community, p_return, (v_line->>'lineId')::uuid, v_ordered.quantity, (v_line->>'quantity')::integer,
      v_returned + (v_line->>'quantity')::integer, (v_line->>'movementId')::uuid);
  END LOOP;
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request,
    CASE WHEN p_is_cancellation THEN 'redemptions.cancel' ELSE 'redemptions.return' END, 'redemption',
    p_redemption::text, NULL, p_body_hash, 'done', jsonb_build_object('centipoints', v_total));
  is_refused := false; is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, false,
    (p_view || jsonb_build_object('totalCentipoints', v_total, 'balanceCentipoints', v_balance,
      'heldCentipoints', v_account.held, 'recordedAt', v_now))::text);
END
$$;
