-- Last step of every commit function: keeps the reply as text, byte for byte, in the same transaction.
CREATE FUNCTION finish_request(p_community bigint, p_actor uuid, p_key uuid, p_is_refused boolean, p_reply text)
RETURNS text
LANGUAGE plpgsql
AS $$
BEGIN
  UPDATE request SET is_refused = p_is_refused, reply = p_reply
  WHERE community_id = p_community AND actor_id = p_actor AND idem_key = p_key;
  RETURN p_reply;
END
$$;
