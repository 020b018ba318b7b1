import { describe, expect, test } from 'vitest'
import { ownVersions, ruleTables } from '../../schemas/rules/index.ts'
import { ruleCsv } from '../../src/rules/document.ts'
import { rowSchemaOf } from '../../src/rules/present.ts'
import { readRows } from '../../src/web/operations/rule-rows.ts'
import { prettyOf } from '../../src/web/pretty.ts'
import { hostile } from './hostile-names.ts'

describe('rows of a rule table', () => {
  test.each(ruleTables.map((table) => [table.id, table] as const))(
    'of %s: what is downloaded can be brought back as it is, as CSV and as JSON',
    async (_, table) => {
      const schema = rowSchemaOf(table)
      for (const { rows } of ownVersions(table)) {
        expect(await readRows(Buffer.from(await ruleCsv(rows)), schema)).toEqual(JSON.parse(JSON.stringify(rows)))
        expect(await readRows(Buffer.from(JSON.stringify(rows)), schema)).toEqual(JSON.parse(JSON.stringify(rows)))
      }
    },
  )

  test.each(['', 'no columns, but words with blanks\n1,2', '{"rows":[]}', '[1,', '<xml/>'])(
    'are not %s',
    async (text) => {
      expect(await readRows(Buffer.from(text), {})).toBeUndefined()
    },
  )

  test('a column called as nothing should be is only a column, or refused', async () => {
    const [row] = (await readRows(Buffer.from('constructor,toString\n"{""polluted"":true}",x'), {})) ?? []
    expect(Object.keys(row as object)).toEqual(['constructor', 'toString'])
    expect(await readRows(Buffer.from('__proto__,a\n"{""polluted"":true}",x'), {})).toBeUndefined()
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('a document laid out for reading', () => {
  const blank = (text: string) => text.replaceAll(/\s/g, '')
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
  /** What is to be read of it: without the elements that give it colour. */
  const laidOut = (body: string): string =>
    ((prettyOf(body) ?? [body]) as readonly string[])
      .join('\n')
      .replaceAll(/<\/?span[^>]*>/g, '')
      .replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity)

  test('has an element or a member a line', () => {
    expect(laidOut('<a><b>1</b><c/><d><e>2</e></d></a>')).toBe(
      '<a>\n  <b>1</b>\n  <c/>\n  <d>\n    <e>2</e>\n  </d>\n</a>',
    )
    expect(laidOut('{"a":[1,{"b":"0100"}]}')).toContain('\n      "b": "0100"')
  })

  test.each([
    ['no XML at all', `<html>${hostile}<a></b></c></d>`],
    ['no JSON at all', '{"a":'],
    ['words', 'HTTP 502\nBad gateway'],
    ['nothing', ''],
    ['endless depth', '<a>'.repeat(5_000)],
  ])('%s: every byte but the blanks is there, in its place', (_, body) => {
    const text = laidOut(body)
    expect(blank(text)).toBe(blank(body))
    expect(text.length).toBeLessThan(body.length * 100 + 10)
  })
})
