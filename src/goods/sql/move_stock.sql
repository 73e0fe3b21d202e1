-- Changes a locked shelf and writes the movement that says so; the caller draws from or fills its batches. Returns what is
-- on hand after it.
CREATE FUNCTION move_stock(
  p_community bigint, p_site uuid, p_goods uuid, p_delta integer, p_movement uuid, p_kind text, p_source uuid,
  p_reason text, p_approval uuid, p_actor uuid, p_now timestamptz)
RETURNS integer
LANGUAGE plpgsql
AS $$
DECLARE
  v_on_hand integer;
BEGIN
  UPDATE shelf SET on_hand = on_hand + p_delta
  WHERE community_id = p_community AND site_id = p_site AND goods_id = p_goods
  RETURNING on_hand INTO v_on_hand;
  INSERT INTO stock_movement (community_id, movement_id, site_id, goods_id, delta, on_hand_after, kind, source_id, reason,
    approval_id, actor_id, recorded_at)
  VALUES (p_community, p_movement, p_site, p_goods, p_delta, v_on_hand, p_kind, p_source, p_reason, p_approval, p_actor,
    p_now);
  RETURN v_on_hand;
END
$$;
