/** The row of a table under a code somebody gave: `constructor` is in none, although every object has one. */
export const rowOf = <T>(table: { readonly [code: string]: T }, code: string): T | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined
