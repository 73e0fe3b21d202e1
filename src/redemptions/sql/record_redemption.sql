-- Writes a redemption whose points and shelves are settled: movements, draws, entry, order, lines (I-7).
-- p_lines as in check_order, each with lineId and movementId. Returns the balance after it. The shelves are locked by now:
-- reading the clock here gives the movements of a shelf instants in the order of on_hand_after.
CREATE FUNCTION record_redemption(
  p_community bigint, p_actor uuid, p_redemption uuid, p_household uuid, p_site uuid, p_card uuid, p_reservation uuid,
  p_checked_by text, p_lines jsonb, p_total bigint, p_entry uuid, p_now timestamptz)
RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
  v_line jsonb;
  v_on_hand integer;
  v_balance bigint;
BEGIN
  v_balance := post_entry(p_community, p_entry, p_household, -p_total, system_account('redemption'), 4::smallint,
    p_redemption, p_actor, p_now, p_now, NULL, NULL);
  INSERT INTO redemption (community_id, redemption_id, household_id, site_id, card_id, reservation_id,
    total_centipoints, entry_id, checked_by, actor_id, recorded_at)
  VALUES (p_community, p_redemption, p_household, p_site, p_card, p_reservation, p_total, p_entry, p_checked_by, p_actor,
    p_now);
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    SELECT on_hand INTO v_on_hand FROM shelf
    WHERE community_id = p_community AND site_id = p_site AND goods_id = (v_line->>'goodsId')::uuid;
    INSERT INTO stock_movement (community_id, movement_id, site_id, goods_id, delta, on_hand_after, kind, source_id,
      redemption_line_id, actor_id, recorded_at)
    VALUES (p_community, (v_line->>'movementId')::uuid, p_site, (v_line->>'goodsId')::uuid,
      -(v_line->>'quantity')::integer, v_on_hand, 'redemption', p_redemption, (v_line->>'lineId')::uuid, p_actor,
      app_now());
    PERFORM take_stock(p_community, p_site, (v_line->>'goodsId')::uuid, (v_line->>'quantity')::integer,
      (v_line->>'movementId')::uuid, (v_line->>'lineId')::uuid, (p_now AT TIME ZONE 'Asia/Shanghai')::date);
    INSERT INTO redemption_line (community_id, line_id, redemption_id, household_id, goods_id, quantity,
      unit_centipoints, movement_id, recorded_at)
    VALUES (p_community, (v_line->>'lineId')::uuid, p_redemption, p_household, (v_line->>'goodsId')::uuid,
      (v_line->>'quantity')::integer, (v_line->>'unitCentipoints')::bigint, (v_line->>'movementId')::uuid, p_now);
  END LOOP;
  RETURN v_balance;
END
$$;
