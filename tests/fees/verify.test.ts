import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Broken, describeBroken } from '../../src/audit/broken.ts'
import { readEditions } from '../../src/db/catalogue-reads.ts'
import { presentEdition } from '../../src/fees/present.ts'
import { editionFile, verifyDocument, verifyEdition } from '../../src/fees/verify.ts'
import { documentOf, newFee, openDesk } from './drafting.ts'

const folder = await mkdtemp(join(tmpdir(), 'fees-verify-'))
afterAll(() => rm(folder, { recursive: true }))
const desk = await openDesk()
let document = ''
let edition = ''
let key = ''
beforeAll(async () => {
  await desk.seed()
  const { number } = await desk.publish([newFee('new-one', { name: { en: 'Cleaning “well”', zh: '洗箱费\\' } })])
  const records = await readEditions(desk.database.pool)
  const [record] = records
  if (record === undefined) throw new Error('Nothing was published')
  document = await documentOf(desk, number)
  edition = JSON.stringify(presentEdition(records, record, '2026-11-22'))
  key = record.signingKey
})

let files = 0
const fileOf = async (content: string | Uint8Array) => {
  const path = join(folder, `file-${files++}`)
  await writeFile(path, content)
  return path
}
const run = (...given: string[]) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    execFile(process.execPath, ['src/fees/main.ts', ...given], (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr }),
    )
  })
const other = 'A'.repeat(43)
/** In pieces, as a file is read. */
async function* bytesOf(content: string | Uint8Array) {
  const bytes = Buffer.from(content as string)
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000)
}

describe('a downloaded edition', () => {
  test('is whole, and what was published, and signed with the key one knows', async () => {
    const { code, said } = await run(await fileOf(document), await fileOf(edition), '--key', key)
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining(`signed by ${key}`) as string })
  })
  test('alone is only whole in itself', async () => {
    const { code, said } = await run(await fileOf(document))
    expect(code).toBe(0)
    expect(said).toContain('Whether it is what was published only the edition’s own record can tell')
  })
  test.each<[string, () => [string | Uint8Array, string, string?], RegExp]>([
    [
      'a digit is another',
      () => [document.replace('"amount":"60"', '"amount":"61"'), edition],
      /a byte of it was changed/,
    ],
    [
      'a line is missing',
      () => [document.split('\n').toSpliced(3, 1).join('\n'), edition],
      /the head says \d+ entries, there are \d+/,
    ],
    [
      'two lines changed places',
      () => [
        document
          .split('\n')
          .toSpliced(1, 2, ...document.split('\n').slice(1, 3).toReversed())
          .join('\n'),
        edition,
      ],
      /line 3 · basis order-1 after basis order-2/,
    ],
    [
      'a line is there twice',
      () => [
        document
          .split('\n')
          .toSpliced(1, 0, document.split('\n')[1] ?? '')
          .join('\n'),
        edition,
      ],
      /line 3 · basis order-1 after/,
    ],
    [
      'a blank was put in',
      () => [document.replace('","id":"', '", "id":"'), edition],
      /line \d+ · not written as an edition is written/,
    ],
    [
      'a name is there twice',
      () => [document.replace('{"content":', '{"type":"fee","content":'), edition],
      /line 2 · not written as/,
    ],
    ['the last byte is gone', () => [document.slice(0, -1), edition], /the file ends within a line/],
    ['it is cut off', () => [document.slice(0, 900), edition], /line \d+ · not a line of JSON/],
    [
      'it is no text',
      () => [Buffer.concat([Buffer.from(document), Buffer.from([0xff, 10])]), edition],
      /not a line of JSON/,
    ],
    ['it is empty', () => ['', edition], /an edition begins with its head/],
    ['it is something else', () => ['{"a":1}\n', edition], /not a line of an edition/],
    [
      'its head says another day',
      () => [document.replace('"validFrom":"2026-12-15"}\n', '"validFrom":"2026-11-15"}\n'), edition],
      /validFrom: the document says 2026-11-15/,
    ],
    [
      'it is of another edition',
      () => [document, edition.replace('"number":2', '"number":3')],
      /number: the document says 2, the edition 3/,
    ],
    [
      'the digest was changed with it',
      () => {
        const digest = JSON.parse(edition).digest as string
        return [document, edition.replace(`"digest":"${digest}"`, `"digest":"${'0'.repeat(64)}"`)]
      },
      /a byte of it was changed/,
    ],
    [
      'the signature is another',
      () => {
        const { signature } = JSON.parse(edition) as { signature: string }
        return [document, edition.replace(signature, `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`)]
      },
      /the signature is not that of the key/,
    ],
    [
      'the signature is none',
      () => {
        const { signature } = JSON.parse(edition) as { signature: string }
        return [document, edition.replace(signature, '')]
      },
      /the signature is not that of the key/,
    ],
    ['the key is another', () => [document, edition.replace(key, other)], /the signature is not that of the key/],
    ['the key is not the one that is known', () => [document, edition, other], /signed with another key/],
  ])('is broken when %s, and it is said where', async (_, change, said) => {
    const [changed, beside, known] = change()
    expect([changed, beside, known]).not.toEqual([document, edition, undefined])
    const broken: unknown = await verifyDocument(bytesOf(changed))
      .then((found) => verifyEdition(found, editionFile.parse(JSON.parse(beside)), known))
      .catch((error: unknown) => error)
    expect(broken).toBeInstanceOf(Broken)
    expect(describeBroken(broken as Broken)).toMatch(said)
  })
  test('of which a byte was changed ends the command with 1 and the reason', async () => {
    const said = (reason: RegExp) => ({ code: 1, said: expect.stringMatching(reason) as string })
    const tampered = await run(await fileOf(document.replace('"amount":"60"', '"amount":"61"')), await fileOf(edition))
    expect(tampered).toEqual(said(/^BROKEN: .*: a byte of it was changed\n$/))
    const shorter = await run(await fileOf(document.split('\n').toSpliced(3, 1).join('\n')), await fileOf(edition))
    expect(shorter).toEqual(said(/^BROKEN: line \d+ · the head says/))
    const besides = await run(await fileOf(document), await fileOf('[]'))
    expect(besides).toEqual(said(/^BROKEN: .* is not what is said of an edition/))
  })
  test('that is not there, or asked for wrongly, is another matter', async () => {
    expect((await run(join(folder, 'nothing'))).code).toBe(2)
    for (const given of [[], ['--what'], ['a', '--key', key]]) {
      const { code, said } = await run(...given)
      expect([code, said]).toEqual([2, expect.stringContaining('npm run fees:verify') as string])
    }
  })
})
