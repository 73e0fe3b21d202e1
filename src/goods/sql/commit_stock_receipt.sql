-- Puts received goods on the shelves of a shop: one movement a good, one batch a line.
-- p_lines: [{goodsId, movementId, quantity, batches: [{batchId, quantity, unitCostFen, expiresOn}]}], ordered by goodsId;
-- a line's quantity is the sum of its batches'. Above the limit only with an approval (I-13); where the plan did not know
-- that it needs one, EM001 has it made again. A shelf takes a million pieces: the most that a stocktake can count.
CREATE FUNCTION commit_stock_receipt(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea,
  p_receipt uuid, p_site uuid, p_origin text, p_supplier text, p_lines jsonb, p_approval uuid, p_payload_hash bytea,
  p_view jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
  v_line jsonb;
  v_batch jsonb;
  v_shelf record;
  v_now timestamptz;
  v_code text;
  v_params jsonb := '{}';
  v_on_hand integer;
  v_cost bigint := 0;
  v_shelves jsonb := '[]';
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused; is_replay := true; reply := v_begun.known_reply;
    RETURN;
  END IF;
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    v_shelf := lock_shelf(p_community, p_site, (v_line->>'goodsId')::uuid);
    IF v_shelf.on_hand + (v_line->>'quantity')::integer > 1000000 THEN
      v_code := 'goods.shelf-full';
      v_params := jsonb_build_object('goodsId', v_line->>'goodsId', 'onHandQuantity', v_shelf.on_hand,
        'excessQuantity', v_shelf.on_hand + (v_line->>'quantity')::integer - 1000000);
      EXIT;
    END IF;
  END LOOP;
  v_now := app_now();
  IF v_code IS NULL AND p_approval IS NOT NULL THEN
    v_code := take_approval(p_community, p_approval, 'goods.receipt', p_payload_hash, p_actor, NULL, v_now);
  END IF;
  IF v_code IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request, v_code,
      v_params) AS r;
    RETURN;
  END IF;
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    v_on_hand := move_stock(p_community, p_site, (v_line->>'goodsId')::uuid, (v_line->>'quantity')::integer,
      (v_line->>'movementId')::uuid, 'receipt', p_receipt, NULL, p_approval, p_actor, v_now);
    FOR v_batch IN SELECT jsonb_array_elements(v_line->'batches') LOOP
      PERFORM add_batch(p_community, p_site, (v_line->>'goodsId')::uuid, (v_line->>'movementId')::uuid,
        (v_batch->>'batchId')::uuid, (v_batch->>'quantity')::integer, (v_batch->>'expiresOn')::date, p_origin, p_supplier,
        (v_batch->>'unitCostFen')::bigint, v_now);
    END LOOP;
    v_cost := v_cost + movement_cost(p_community, (v_line->>'movementId')::uuid);
    v_shelves := v_shelves || jsonb_build_object('goodsId', v_line->>'goodsId',
      'quantity', (v_line->>'quantity')::integer, 'onHand', v_on_hand);
  END LOOP;
  IF p_approval IS NULL AND needs_second_person(p_community, v_cost) THEN
    RAISE EXCEPTION 'receipt needs an approval' USING ERRCODE = 'EM001';
  END IF;
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request, 'goods.receipt', 'stock-receipt',
    p_receipt::text, NULL, coalesce(p_payload_hash, p_body_hash), 'done',
    jsonb_build_object('siteId', p_site, 'costFen', v_cost));
  is_refused := false; is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, false,
    (p_view || jsonb_build_object('costFen', v_cost, 'shelves', v_shelves, 'recordedAt', v_now))::text);
END
$$;
