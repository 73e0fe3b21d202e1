/**
 * Calls a commit function through a bare pool, named and prepared like the application does (Database.call): the same text,
 * objects as JSON. Refusals are errors here, because the load makes none.
 */
export function commitCaller(pool) {
  const texts = new Map();
  return async (name, args) => {
    let text = texts.get(name);
    if (text === undefined) {
      const named = Object.keys(args).map(
        (parameter, index) =>
          `p_${parameter.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} => $${index + 1}`,
      );
      text = `SELECT * FROM ${name}(${named.join(', ')})`;
      texts.set(name, text);
    }
    const { rows } = await pool.query({ name, text, values: Object.values(args).map(toSql) });
    if (rows[0].is_refused) throw new Error(`${name} refused: ${rows[0].reply}`);
  };
}

function toSql(value) {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value)
    ? JSON.stringify(value)
    : value;
}
