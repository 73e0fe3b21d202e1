-- First step of every commit function (I-6): takes the key, or finds what it was answered with before.
-- A second call with the same key waits here for the first one to end; lock_timeout bounds the wait.
CREATE FUNCTION begin_request(
  p_community bigint, p_actor uuid, p_key uuid, p_route text, p_body_hash bytea,
  OUT is_known boolean, OUT was_refused boolean, OUT known_reply text)
LANGUAGE plpgsql
AS $$
DECLARE
  v_route text;
  v_body_hash bytea;
BEGIN
  INSERT INTO request (community_id, actor_id, idem_key, route, body_hash, recorded_at)
  VALUES (p_community, p_actor, p_key, p_route, p_body_hash, app_now())
  ON CONFLICT (community_id, actor_id, idem_key) DO NOTHING;
  IF FOUND THEN
    is_known := false;
    RETURN;
  END IF;
  SELECT route, body_hash, is_refused, reply INTO v_route, v_body_hash, was_refused, known_reply
  FROM request WHERE community_id = p_community AND actor_id = p_actor AND idem_key = p_key;
  IF v_route <> p_route OR v_body_hash <> p_body_hash THEN
    RAISE EXCEPTION 'idempotency key reused' USING ERRCODE = 'EM002';
  END IF;
  IF known_reply IS NULL THEN
    RAISE EXCEPTION 'reply no longer kept' USING ERRCODE = 'EM003';
  END IF;
  is_known := true;
END
$$;
