-- First step of a transfer: the pieces leave their shelf and are on their way. Only what could be handed out today travels:
-- expired goods are written off where they are.
CREATE FUNCTION commit_transfer_send(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea,
  p_transfer uuid, p_from uuid, p_to uuid, p_goods uuid, p_quantity integer, p_movement uuid, p_view jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
  v_shelf record;
  v_now timestamptz;
  v_today date;
  v_free integer;
  v_on_hand integer;
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused; is_replay := true; reply := v_begun.known_reply;
    RETURN;
  END IF;
  PERFORM open_shelf(p_community, p_to, p_goods);
  v_shelf := lock_shelf(p_community, p_from, p_goods);
  v_now := app_now();
  v_today := (v_now AT TIME ZONE 'Asia/Shanghai')::date;
  v_free := greatest(0,
    least(v_shelf.on_hand, unexpired_stock(p_community, p_from, p_goods, v_today)) - v_shelf.reserved);
  IF p_quantity > v_free THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      'goods.insufficient-stock', jsonb_build_object('goodsId', p_goods, 'missingQuantity', p_quantity - v_free,
        'availableQuantity', v_free)) AS r;
    RETURN;
  END IF;
  v_on_hand := move_stock(p_community, p_from, p_goods, -p_quantity, p_movement, 'transfer-out', p_transfer, NULL, NULL,
    p_actor, v_now);
  PERFORM take_stock(p_community, p_from, p_goods, p_quantity, p_movement, NULL, v_today);
  INSERT INTO stock_transfer (community_id, transfer_id, from_site_id, to_site_id, goods_id, quantity_sent, sent_by,
    sent_at)
  VALUES (p_community, p_transfer, p_from, p_to, p_goods, p_quantity, p_actor, v_now);
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request, 'goods.transfer-send', 'stock-transfer',
    p_transfer::text, NULL, p_body_hash, 'done', jsonb_build_object('goodsId', p_goods, 'quantity', p_quantity));
  is_refused := false; is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, false,
    (p_view || jsonb_build_object('onHand', v_on_hand, 'recordedAt', v_now))::text);
END
$$;
