/**
 * What a spreadsheet would run as a formula 公式注入 when it opens a CSV file: `=`, `+`, `-`, `@`, their full-width forms (which Chinese and
 * Japanese versions run as well), a tab or a line break at the start. Source: OWASP, CSV Injection. Apostrophes before it count as well, so
 * that what was put in front can be told from what was there.
 */
const dangerous = /^'*(\s*[=+\-@＝＋－＠]|[\t\r\n])/u

/** A cell of a CSV file that no spreadsheet runs: an apostrophe stands before what one would. */
export const neutralised = (text: string): string => (dangerous.test(text) ? `'${text}` : text)

/** The text that was neutralised; any other as it is. */
export const restored = (text: string): string =>
  text.startsWith("'") && dangerous.test(text.slice(1)) ? text.slice(1) : text
