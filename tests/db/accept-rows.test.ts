import { expect, test } from 'vitest'
import { sha256 } from '../../src/audit/hash.ts'
import { type Acceptance, type Rows, releaseRows, rowsOf } from '../../src/db/accept.ts'

/** Rows are laid out in memory of this size, which every document of a thread shares; `deskBytes` there. */
const deskBytes = 131_072

/** An acceptance whose texts are as long as they are told to be, each of its own letter. */
const acceptanceOf = (length: number, more: Partial<NonNullable<Acceptance['declaration']>> = {}): Acceptance => ({
  tenant: 'firm',
  key: `key-${length}`,
  bodyHash: 'hash',
  answer: { status: 202, body: '{}', location: '/v1/declarations/D' },
  declaration: {
    id: 'D',
    functionalReferenceId: 'L-1',
    direction: 'export',
    plan: '[]',
    mediaType: 'application/xml',
    raw: '原'.repeat(length),
    document: 'd'.repeat(length),
    event: '{}',
    ...more,
  },
  filings: ['one', 'two'].map((agency, at) => ({
    id: agency,
    serial: at,
    agency,
    procedure: 'declare',
    status: 'queued',
    particulars: undefined,
    message: { method: 'POST', path: '/', contentType: 'text/xml', body: `${agency}文`.repeat(length) },
  })),
})

const copyOf = ({ bytes, ends, counts }: Rows) => ({ bytes: Buffer.from(bytes), ends: [...ends], counts })

/** Bytes by their number and digest: one more, less or other shows, and a megabyte is not printed. */
const sumOf = (value: string | Uint8Array) => `${Buffer.byteLength(value)} ${sha256(value)}`

/** The values of each column: a length of four bytes (−1: nothing), then so many bytes. */
function columnsOf({ bytes, ends }: Pick<Rows, 'bytes' | 'ends'>): (string | null)[][] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  return ends.map((end) => {
    const values: (string | null)[] = []
    while (at < end) {
      const length = all.readInt32BE(at)
      const start = at + 4
      at = start + Math.max(length, 0)
      values.push(length < 0 ? null : sumOf(all.subarray(start, at)))
    }
    expect(at).toBe(end)
    return values
  })
}

test.each([0, 1, 43_690, 43_691, deskBytes, 3 * deskBytes])(
  'of texts of %i characters exactly those are kept',
  (length) => {
    const rows = rowsOf(acceptanceOf(length))
    const columns = columnsOf(rows)
    expect(rows.ends.at(-1)).toBe(rows.bytes.byteLength)
    expect(columns).toContainEqual([sumOf('原'.repeat(length))])
    expect(columns).toContainEqual([sumOf('d'.repeat(length))])
    expect(columns).toContainEqual(['one文', 'two文'].map((text) => sumOf(text.repeat(length))))
    // What nobody filled in is there as nothing, once for each filing.
    expect(columns).toContainEqual([null, null])
  },
)

test('bytes that came as they are are kept so, none of them read as text', () => {
  const bytes = Uint8Array.from({ length: deskBytes + 1 }, (_, at) => at % 256)
  const rows = rowsOf(acceptanceOf(1, { rawBytes: { bytes, sha256: 'of the bytes' } }))
  expect(columnsOf(rows)).toContainEqual([sumOf(bytes)])
})

test('a small document after a large one is kept as if it came alone, and neither is touched by what follows', () => {
  const [small, large] = [acceptanceOf(3), acceptanceOf(2 * deskBytes)]
  const alone = copyOf(rowsOf(small))
  const largeRows = rowsOf(large)
  const largeAlone = copyOf(largeRows)
  const smallRows = rowsOf(small)
  expect(copyOf(smallRows)).toEqual(alone)
  // Each has memory of its own, and no more than it takes: it is handed from thread to thread, and given back.
  expect(smallRows.bytes.buffer.byteLength).toBe(smallRows.bytes.byteLength)
  rowsOf(acceptanceOf(5))
  expect(copyOf(largeRows).bytes.equals(largeAlone.bytes)).toBe(true)
  releaseRows(largeRows)
  expect(copyOf(smallRows)).toEqual(alone)
  expect(copyOf(rowsOf(small))).toEqual(alone)
})

test('nothing is lost where the desk ends: documents that just fit, and that just do not', () => {
  for (let length = deskBytes - 1_200; length <= deskBytes + 8; length += 3) {
    const bytes = Buffer.alloc(length, length % 251)
    const columns = columnsOf(rowsOf(acceptanceOf(0, { rawBytes: { bytes, sha256: '' } })))
    expect(columns).toContainEqual([sumOf(bytes)])
    expect(columns).toContainEqual([sumOf('one'), sumOf('two')])
  }
})
