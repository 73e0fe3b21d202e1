-- Carries the approved differences of a stocktake out. Each is counted less expected at the instant of counting, so that
-- what moved since then stays moved. Who counted does not approve. Shelves by goods id; all are checked before one changes.
-- p_lines: [{goodsId, delta, movementId}], delta not 0, ordered by goodsId.
CREATE FUNCTION commit_stocktake_post(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea,
  p_stocktake uuid, p_approval uuid, p_payload_hash bytea, p_lines jsonb, p_view jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
  v_stocktake record;
  v_line jsonb;
  v_shelf record;
  v_delta integer;
  v_now timestamptz;
  v_code text;
  v_params jsonb := '{}';
  v_on_hand integer;
  v_shelves jsonb := '[]';
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused; is_replay := true; reply := v_begun.known_reply;
    RETURN;
  END IF;
  SELECT site_id, status, approval_id INTO v_stocktake FROM stocktake
  WHERE community_id = p_community AND stocktake_id = p_stocktake FOR NO KEY UPDATE;
  PERFORM 1 FROM stocktake_line
  WHERE community_id = p_community AND stocktake_id = p_stocktake AND counted_by = p_actor;
  IF FOUND THEN
    v_code := 'goods.own-count';
  ELSIF v_stocktake.status = 'posted' THEN
    v_code := 'approvals.already-decided';
  ELSIF v_stocktake.status <> 'submitted' OR v_stocktake.approval_id IS DISTINCT FROM p_approval THEN
    v_code := 'goods.stocktake-not-submitted';
  END IF;
  IF v_code IS NULL THEN
    FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
      v_shelf := lock_shelf(p_community, v_stocktake.site_id, (v_line->>'goodsId')::uuid);
      v_delta := (v_line->>'delta')::integer;
      IF v_shelf.on_hand + v_delta < v_shelf.reserved THEN
        v_code := 'goods.insufficient-stock';
        v_params := jsonb_build_object('goodsId', v_line->>'goodsId',
          'missingQuantity', v_shelf.reserved - v_shelf.on_hand - v_delta,
          'availableQuantity', v_shelf.on_hand - v_shelf.reserved);
        EXIT;
      END IF;
    END LOOP;
  END IF;
  v_now := app_now();
  IF v_code IS NULL THEN
    v_code := take_approval(p_community, p_approval, 'goods.stocktake', p_payload_hash, p_actor, NULL, v_now);
  END IF;
  IF v_code IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request, v_code,
      v_params) AS r;
    RETURN;
  END IF;
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    v_delta := (v_line->>'delta')::integer;
    v_on_hand := move_stock(p_community, v_stocktake.site_id, (v_line->>'goodsId')::uuid, v_delta,
      (v_line->>'movementId')::uuid, 'stocktake', p_stocktake, NULL, p_approval, p_actor, v_now);
    IF v_delta > 0 THEN
      PERFORM place_surplus(p_community, v_stocktake.site_id, (v_line->>'goodsId')::uuid, v_delta,
        (v_line->>'movementId')::uuid, v_now);
    ELSE
      PERFORM take_stock(p_community, v_stocktake.site_id, (v_line->>'goodsId')::uuid, -v_delta,
        (v_line->>'movementId')::uuid, NULL, (v_now AT TIME ZONE 'Asia/Shanghai')::date);
    END IF;
    v_shelves := v_shelves || jsonb_build_object('goodsId', v_line->>'goodsId', 'delta', v_delta, 'onHand', v_on_hand);
  END LOOP;
  UPDATE stocktake SET status = 'posted' WHERE community_id = p_community AND stocktake_id = p_stocktake;
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request, 'goods.stocktake-post', 'stocktake',
    p_stocktake::text, NULL, p_payload_hash, 'done', jsonb_build_object('goods', jsonb_array_length(p_lines)));
  is_refused := false; is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, false,
    (p_view || jsonb_build_object('shelves', v_shelves, 'recordedAt', v_now))::text);
END
$$;
