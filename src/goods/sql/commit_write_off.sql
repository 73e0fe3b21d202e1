-- Takes broken, lost or expired goods off a shelf: from the batch that is named, else the first expiring first, past ones
-- included. Reserved pieces are promised: what is left on hand covers them, and what is left unexpired covers them as far
-- as it did before. Above the limit only with an approval, as in commit_stock_receipt.
CREATE FUNCTION commit_write_off(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea,
  p_write_off uuid, p_site uuid, p_goods uuid, p_batch uuid, p_quantity integer, p_reason text, p_movement uuid,
  p_approval uuid, p_payload_hash bytea, p_view jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
  v_shelf record;
  v_batch record;
  v_now timestamptz;
  v_today date;
  v_free integer;
  v_code text;
  v_params jsonb := '{}';
  v_on_hand integer;
  v_cost bigint;
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused; is_replay := true; reply := v_begun.known_reply;
    RETURN;
  END IF;
  -- A shelf that was never opened has nothing to take off, and is not opened for the sake of a refusal (I-19).
  SELECT on_hand, reserved INTO v_shelf FROM shelf
  WHERE community_id = p_community AND site_id = p_site AND goods_id = p_goods FOR NO KEY UPDATE;
  v_now := app_now();
  v_today := (v_now AT TIME ZONE 'Asia/Shanghai')::date;
  v_free := coalesce(v_shelf.on_hand - v_shelf.reserved, 0);
  IF p_batch IS NOT NULL THEN
    SELECT remaining, coalesce(expires_on < v_today, false) AS is_expired INTO v_batch FROM stock_batch
    WHERE community_id = p_community AND batch_id = p_batch AND site_id = p_site AND goods_id = p_goods;
    IF NOT FOUND THEN
      v_code := 'goods.batch-not-found';
    ELSE
      v_free := least(v_free, v_batch.remaining);
      IF NOT v_batch.is_expired THEN
        v_free := least(v_free, unexpired_stock(p_community, p_site, p_goods, v_today) - v_shelf.reserved);
      END IF;
    END IF;
  END IF;
  IF v_code IS NULL AND p_quantity > v_free THEN
    v_code := 'goods.insufficient-stock';
    v_params := jsonb_build_object('goodsId', p_goods, 'missingQuantity', p_quantity - greatest(0, v_free),
      'availableQuantity', greatest(0, v_free));
  END IF;
  IF v_code IS NULL AND p_approval IS NOT NULL THEN
    v_code := take_approval(p_community, p_approval, 'goods.write-off', p_payload_hash, p_actor, NULL, v_now);
  END IF;
  IF v_code IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request, v_code,
      v_params) AS r;
    RETURN;
  END IF;
  v_on_hand := move_stock(p_community, p_site, p_goods, -p_quantity, p_movement, 'write-off', p_write_off, p_reason,
    p_approval, p_actor, v_now);
  IF p_batch IS NULL THEN
    -- No day has passed yet at minus infinity: expired goods come first by their date instead of last.
    PERFORM take_stock(p_community, p_site, p_goods, p_quantity, p_movement, NULL, '-infinity'::date);
  ELSE
    UPDATE stock_batch SET remaining = remaining - p_quantity
    WHERE community_id = p_community AND batch_id = p_batch;
    INSERT INTO batch_draw (community_id, movement_id, batch_id, delta)
    VALUES (p_community, p_movement, p_batch, -p_quantity);
  END IF;
  v_cost := movement_cost(p_community, p_movement);
  IF p_approval IS NULL AND needs_second_person(p_community, v_cost) THEN
    RAISE EXCEPTION 'write-off needs an approval' USING ERRCODE = 'EM001';
  END IF;
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request, 'goods.write-off', 'stock-write-off',
    p_write_off::text, NULL, coalesce(p_payload_hash, p_body_hash), 'done',
    jsonb_build_object('siteId', p_site, 'goodsId', p_goods, 'quantity', p_quantity, 'costFen', v_cost));
  is_refused := false; is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, false,
    (p_view || jsonb_build_object('costFen', v_cost, 'onHand', v_on_hand, 'recordedAt', v_now))::text);
END
$$;
