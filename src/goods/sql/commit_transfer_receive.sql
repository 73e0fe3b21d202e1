-- Second step of a transfer: what arrived is counted and put on the shelf. Fewer pieces need a reason and stay visible as
-- a difference; more than were sent cannot be.
CREATE FUNCTION commit_transfer_receive(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea,
  p_transfer uuid, p_quantity integer, p_reason text, p_movement uuid, p_view jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
  v_transfer record;
  v_shelf record;
  v_now timestamptz;
  v_code text;
  v_params jsonb := '{}';
  v_on_hand integer;
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused; is_replay := true; reply := v_begun.known_reply;
    RETURN;
  END IF;
  SELECT from_site_id, to_site_id, goods_id, quantity_sent, received_at INTO v_transfer FROM stock_transfer
  WHERE community_id = p_community AND transfer_id = p_transfer FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    v_code := 'goods.transfer-not-found';
  ELSIF v_transfer.received_at IS NOT NULL THEN
    v_code := 'goods.transfer-received';
  ELSIF p_quantity > v_transfer.quantity_sent THEN
    v_code := 'goods.more-than-sent';
    v_params := jsonb_build_object('sentQuantity', v_transfer.quantity_sent,
      'excessQuantity', p_quantity - v_transfer.quantity_sent);
  ELSIF p_quantity < v_transfer.quantity_sent AND p_reason IS NULL THEN
    v_code := 'goods.difference-unexplained';
    v_params := jsonb_build_object('sentQuantity', v_transfer.quantity_sent,
      'missingQuantity', v_transfer.quantity_sent - p_quantity);
  END IF;
  IF v_code IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request, v_code,
      v_params) AS r;
    RETURN;
  END IF;
  v_shelf := lock_shelf(p_community, v_transfer.to_site_id, v_transfer.goods_id);
  v_now := app_now();
  v_on_hand := v_shelf.on_hand;
  IF p_quantity > 0 THEN
    v_on_hand := move_stock(p_community, v_transfer.to_site_id, v_transfer.goods_id, p_quantity, p_movement,
      'transfer-in', p_transfer, NULL, NULL, p_actor, v_now);
    PERFORM mirror_batches(p_community, v_transfer.from_site_id, v_transfer.to_site_id, v_transfer.goods_id, p_transfer,
      p_quantity, p_movement, v_now);
  END IF;
  UPDATE stock_transfer SET quantity_received = p_quantity, received_by = p_actor, received_at = v_now,
    difference_reason = CASE WHEN p_quantity < quantity_sent THEN p_reason END
  WHERE community_id = p_community AND transfer_id = p_transfer;
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request, 'goods.transfer-receive', 'stock-transfer',
    p_transfer::text, NULL, p_body_hash, 'done', jsonb_build_object('goodsId', v_transfer.goods_id,
      'quantity', p_quantity, 'differenceQuantity', p_quantity - v_transfer.quantity_sent));
  is_refused := false; is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, false,
    (p_view || jsonb_build_object('sentQuantity', v_transfer.quantity_sent,
      'differenceQuantity', p_quantity - v_transfer.quantity_sent, 'onHand', v_on_hand, 'recordedAt', v_now))::text);
END
$$;
