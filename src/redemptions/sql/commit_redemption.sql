-- A redemption at the counter: points and goods move together or not at all (I-7).
-- Lock order: the household's account, then the shelves by goods id.
CREATE FUNCTION commit_redemption(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea,
  p_redemption uuid, p_household uuid, p_site uuid, p_card uuid, p_checked_by text, p_lines jsonb, p_total bigint,
  p_day_max bigint, p_day_start timestamptz, p_entry uuid, p_view jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
  v_checked record;
  v_held bigint;
  v_now timestamptz;
  v_short jsonb;
  v_balance bigint;
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused; is_replay := true; reply := v_begun.known_reply;
    RETURN;
  END IF;
  SELECT held INTO v_held FROM ledger_account
  WHERE community_id = p_community AND account_id = p_household FOR NO KEY UPDATE;
  v_now := app_now();
  IF p_card IS NOT NULL THEN
    PERFORM 1 FROM card
    WHERE community_id = p_community AND card_id = p_card AND household_id = p_household AND status = 'active';
    IF NOT FOUND THEN
      SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
        'residents.card-not-active', '{}') AS r;
      RETURN;
    END IF;
  END IF;
  SELECT c.code, c.params INTO v_checked
  FROM check_order(p_community, p_household, p_lines, p_total, p_day_max, p_day_start, v_now) AS c;
  IF v_checked.code IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      v_checked.code, v_checked.params) AS r;
    RETURN;
  END IF;
  v_short := claim_shelves(p_community, p_site, p_lines, false, (v_now AT TIME ZONE 'Asia/Shanghai')::date);
  IF v_short IS NOT NULL THEN
    SELECT r.* INTO is_refused, is_replay, reply FROM refuse_request(p_community, p_actor, p_key, p_request,
      'redemptions.out-of-stock', jsonb_build_object('short', v_short)) AS r;
    RETURN;
  END IF;
  v_balance := record_redemption(p_community, p_actor, p_redemption, p_household, p_site, p_card, NULL, p_checked_by,
    p_lines, p_total, p_entry, v_now);
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request, 'redemptions.redeem', 'redemption',
    p_redemption::text, NULL, p_body_hash, 'done', jsonb_build_object('centipoints', -p_total));
  is_refused := false; is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, false,
    (p_view || jsonb_build_object('balanceCentipoints', v_balance, 'heldCentipoints', v_held,
      'recordedAt', v_now))::text);
END
$$;
