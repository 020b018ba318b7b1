import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { propose } from '../../src/proposal/propose.ts'
import { csv, refusalsOf, sample, textFile, workbook } from './documents.ts'

const name = 'file'
const bytesOf = (text: string) => new TextEncoder().encode(text)

test('whatever bytes come in, they are read or refused: nothing else happens', async () => {
  const heads = ['', 'PK\x03\x04', '<?xml version="1.0"?><DecMessage>', '{', '\uFEFF', '品名,数量\n', 'Invoice No.:,']
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 400 }), async (head, tail) => {
      const bytes = new Uint8Array([...bytesOf(head), ...tail])
      const proposed = await propose(adapters, [{ name, bytes }])
      expect(proposed.ok || proposed.refused.every(({ text }) => text.en !== '' && text.zh !== '')).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('whatever stands in the cells of an invoice, it is read or refused', async () => {
  const words = [
    'Description',
    '品名',
    'Qty',
    '金额',
    'Total',
    '合计',
    'Invoice No.:',
    'From',
    '__proto__',
    'constructor',
    '1e308',
    '-0',
    '=1+1',
    'UN 3480',
    '\u0000',
    '\uD800',
    '9'.repeat(60),
    'CQSU1234564',
    '1,2,3.4.5',
    '毛重',
    'HS Code',
    'to',
    '8471309000',
    '   ',
    'a:b:c:d:e:f:g:h',
  ]
  const cell = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 20, unit: 'grapheme' }))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 12 }), async (rows) => {
      const proposed = await propose(adapters, [csv(name, rows)])
      if (!proposed.ok) return
      const pointers = proposed.proposal.guesses.map(({ pointer }) => pointer)
      expect(new Set(pointers).size).toBe(pointers.length)
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    }),
    { numRuns: 150 },
  )
})

test('files that cannot be read are refused by what they are', async () => {
  const zip = (head: string) => ({ name, bytes: bytesOf(head) })
  expect(await refusalsOf(textFile(name, ''))).toEqual(['file-empty'])
  expect(await refusalsOf(zip('%PDF-1.7'))).toEqual(['format-unknown'])
  expect(await refusalsOf({ name, bytes: Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2) })).toEqual(['format-unknown'])
  expect(await refusalsOf(zip('PK\x03\x04 and no more'))).toEqual(['not-a-workbook'])
  expect(await refusalsOf(textFile(name, 'just a line of text'))).toEqual(['not-recognised'])
  expect(await refusalsOf(textFile(name, '{"a":1}'))).toEqual(['not-a-declaration'])
  expect(await refusalsOf(textFile(name, '{"goodsShipment":'))).toEqual(['not-a-declaration'])
  expect(await refusalsOf(textFile(name, '<html><body>502</body></html>'))).toEqual(['not-a-declaration'])
  expect(await refusalsOf({ name, bytes: new Uint8Array(3_000_000).fill(65) })).toEqual(['file-too-large'])
})

test('each file that cannot be read is named, and none of the others is taken', async () => {
  const proposed = await propose(adapters, [
    textFile('a.pdf', '%PDF-1.7'),
    sample('laptops-invoice.csv'),
    textFile('b.txt', 'nothing'),
  ])
  expect(proposed.ok ? [] : proposed.refused.map((one) => [one.name, one.at])).toEqual([
    ['a.pdf', 0],
    ['b.txt', 2],
  ])
})

test('a second declaration is refused by name', async () => {
  const one = JSON.stringify({ functionalReferenceId: 'A', direction: 'export' })
  const proposed = await propose(adapters, [textFile('one.json', one), textFile('two.json', one)])
  expect(proposed.ok ? [] : proposed.refused.map((refused) => [refused.name, refused.code])).toEqual([
    ['two.json', 'second-declaration'],
  ])
})

test('a workbook that unpacks to more than there is room for is refused at the first byte too many', async () => {
  const file = await workbook('bomb.xlsx', { Sheet1: [['Description', 'Qty', 'Amount']] })
  const bomb = withPart(Buffer.from(file.bytes), 'xl/worksheets/sheet1.xml', Buffer.alloc(64_000_000, 32))
  const started = performance.now()
  expect(await refusalsOf({ name, bytes: bomb })).toEqual(['file-too-large'])
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('a sheet as large as it may be, full of words that are almost headers, takes no more than seconds', async () => {
  const words = [
    'Description of the goods',
    'Quantity per',
    'HS',
    'Amount in',
    'Unit price FOB',
    '毛重合计数',
    'Invoice No',
    'From: To: By:',
  ]
  const row = (at: number) =>
    Array.from({ length: 9 }, (_, column) => `${words[(at + column) % words.length]} ${at % 7}`)
  const hostile = csv(
    name,
    Array.from({ length: 2_000 }, (_, at) => row(at)),
  )
  const started = performance.now()
  await propose(adapters, [hostile])
  expect(performance.now() - started).toBeLessThan(10_000)
  const tooMany = csv(
    name,
    Array.from({ length: 2_000 }, (_, at) => [...row(at), ...row(at), 'one more']),
  )
  expect(await refusalsOf(tooMany)).toEqual(['file-too-large'])
})

/** A zip with one part in another's place, as somebody hostile would write it: its size is not told. */
function withPart(zip: Buffer, part: string, content: Buffer): Uint8Array {
  const packed = deflateRawSync(content)
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entriesOf(zip)) {
    const isOurs = entry.name === part
    const data = isOurs ? packed : entry.data
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(isOurs ? 8 : entry.method, 8)
    head.writeUInt32LE(data.length, 18)
    head.writeUInt32LE(100, 22)
    head.writeUInt16LE(entry.name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(isOurs ? 8 : entry.method, 10)
    central.writeUInt32LE(data.length, 20)
    central.writeUInt32LE(100, 24)
    central.writeUInt16LE(entry.name.length, 28)
    central.writeUInt32LE(at, 42)
    pieces.push(head, Buffer.from(entry.name), data)
    directory.push(central, Buffer.from(entry.name))
    at += 30 + entry.name.length + data.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length / 2, 10)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...pieces, ...directory, end]))
}

function* entriesOf(zip: Buffer): Generator<{ name: string; data: Buffer; method: number }> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  let at = zip.readUInt32LE(end + 16)
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const length = zip.readUInt16LE(at + 28)
    const start = zip.readUInt32LE(at + 42)
    const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28)
    yield {
      name: zip.toString('utf8', at + 46, at + 46 + length),
      data: zip.subarray(from, from + zip.readUInt32LE(at + 20)),
      method: zip.readUInt16LE(at + 10),
    }
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
}
