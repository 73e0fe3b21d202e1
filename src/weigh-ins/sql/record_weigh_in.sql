-- Writes a weigh-in, its lines and its award. The caller holds the household's account lock and has checked the plan.
-- Returns the balance of the household after the award and after any debt it repaid.
CREATE FUNCTION record_weigh_in(
  p_community bigint, p_actor uuid, p_weigh_in uuid, p_household uuid, p_household_seq bigint, p_site uuid, p_card uuid,
  p_device uuid, p_device_seq bigint, p_occurred_at timestamptz, p_is_late boolean, p_tariff uuid, p_centipoints bigint,
  p_credit jsonb, p_lines jsonb, p_corrects uuid, p_entry uuid, p_now timestamptz,
  OUT balance bigint, OUT repaid bigint)
LANGUAGE plpgsql
AS $$
DECLARE
  v_line jsonb;
BEGIN
  INSERT INTO weigh_in (community_id, weigh_in_id, household_id, household_seq, site_id, card_id, device_id, device_seq,
    occurred_at, recorded_at, is_late, tariff_version_id, centipoints, credit, corrects, actor_id)
  VALUES (p_community, p_weigh_in, p_household, p_household_seq, p_site, p_card, p_device, p_device_seq,
    p_occurred_at, p_now, p_is_late, p_tariff, p_centipoints, p_credit, p_corrects, p_actor);
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    INSERT INTO weigh_in_line (community_id, weigh_in_id, line_no, item_id, gross_grams, tare_grams, net_grams, pieces,
      drops, quality, weight_source, raw_frame, scale_profile, credited_as, centipoints)
    VALUES (p_community, p_weigh_in, (v_line->>'lineNo')::smallint, (v_line->>'itemId')::uuid,
      (v_line->>'grossGrams')::integer, (v_line->>'tareGrams')::integer, (v_line->>'netGrams')::integer,
      (v_line->>'pieces')::integer, (v_line->>'drops')::integer, v_line->>'quality', v_line->>'weightSource',
      v_line->>'rawFrame', v_line->>'scaleProfile', v_line->>'creditedAs', (v_line->>'centipoints')::bigint);
  END LOOP;
  repaid := 0;
  IF p_centipoints > 0 THEN
    balance := post_entry(p_community, p_entry, p_household, p_centipoints, system_account('issuance'), 2::smallint,
      p_weigh_in, p_actor, p_occurred_at, p_now, NULL, NULL);
    repaid := repay_debt(p_community, p_household, p_centipoints, p_weigh_in, p_actor, p_now);
    balance := balance - repaid;
  ELSE
    SELECT a.balance INTO balance FROM ledger_account AS a
    WHERE a.community_id = p_community AND a.account_id = p_household;
  END IF;
END
$$;
