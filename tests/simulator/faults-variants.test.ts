import { describe, expect, test } from 'vitest'
import type { MailboxDocument } from '../../adapters/adapter.ts'
import { Unintelligible } from '../../adapters/adapter.ts'
import { adapters } from '../../adapters/registry.ts'
import { goldenCases, goldenReplies } from '../../conformance/adapter/goldens.ts'
import { openDeskOffice } from '../../conformance/adapter/office.ts'
import type { Agency, Outgoing, Variants } from '../../mocks/agency.ts'
import { agencies } from '../../mocks/registry.ts'
import { damaged } from '../../mocks/simulator/faults.ts'

// What agencies send when asked to misbehave, held against the adapters as strangers that read it.

const longestMs = 120 * 86_400_000

/** Most documents of an agency that are looked at: with a damaged one beside each they fit on one page of every mailbox. */
const most = 25

/** Documents an agency sends about its golden cases; where they are fetched, golden replies that may lie beside them too. */
async function documentsOf(agency: Agency): Promise<Outgoing[]> {
  const found: Outgoing[] = []
  const adapter = adapters[agency.id]
  for (const { submission, procedure, builtOn } of goldenCases(agency.id)) {
    const message = adapter?.procedures[procedure]?.encode(submission)
    if (message === undefined || builtOn.length > 0 || submission.change !== undefined) continue
    const start = Date.parse(submission.instant)
    const office = openDeskOffice(agency, start)
    await office.ask(message)
    office.advanceTo(start + longestMs)
    found.push(...office.documents)
  }
  for (const reply of agency.replies === 'polled' ? goldenReplies(agency.id) : []) {
    const [read] = await readBy(agency, [reply])
    if (read?.receipts.some(({ status }) => status !== undefined) && carriesCode(agency, reply)) found.push(reply)
  }
  const every = Math.ceil(found.length / most)
  return found.filter((_, at) => at % every === 0)
}

const carriesCode = ({ variants }: Agency, document: Outgoing) => variants?.unknownCode(document).body !== document.body

/** What an adapter reads out of documents, pushed or fetched with the others. */
async function readBy(agency: Agency, documents: readonly Outgoing[]): Promise<readonly MailboxDocument[]> {
  const adapter = adapters[agency.id]
  if (adapter === undefined) throw new Error(`no adapter ${agency.id}`)
  if (adapter.mailbox === undefined) return documents.map((document) => pushed(agency, document))
  const office = openDeskOffice(agency, 0)
  for (const document of documents) office.slip(document)
  return adapter.mailbox.decode(await office.ask(adapter.mailbox.encode('0')), '0').documents
}

function pushed(agency: Agency, { name, contentType, body }: Outgoing): MailboxDocument {
  try {
    return { name, contentType, body, receipts: adapters[agency.id]?.decode({ status: 200, contentType, body }) ?? [] }
  } catch (error) {
    if (!(error instanceof Unintelligible)) throw error
    return { name, contentType, body, unintelligible: error.message, receipts: [] }
  }
}

const statusesIn = ({ receipts }: MailboxDocument) => receipts.flatMap(({ status }) => status ?? [])

describe.each(agencies.map((agency) => [agency.id, agency] as const))('%s', async (_, agency) => {
  const sound = await documentsOf(agency)
  const variants = agency.variants as Variants
  const soundRead = await readBy(agency, sound)
  const readAs = (write: (document: Outgoing) => Outgoing) => readBy(agency, sound.map(write))

  test('sends documents that say something', () => {
    expect(sound.length).toBeGreaterThan(2)
    expect(soundRead.flatMap(statusesIn).length).toBeGreaterThan(2)
  })

  test('a code the specification does not know is kept with its names, and moves nothing', async () => {
    const read = await readAs(variants.unknownCode)
    expect(read.flatMap(statusesIn)).toEqual([])
    for (const [at, { receipts }] of read.entries()) {
      expect(receipts[0]?.references.length).toBeGreaterThan(0)
      expect(soundRead[at]?.receipts[0]?.references).toEqual(expect.arrayContaining(receipts[0]?.references ?? []))
    }
  })

  test('a later version is read as today’s: what was added changes nothing', async () => {
    for (const [at, document] of sound.entries()) expect(variants.newer(document).body).not.toBe(sound[at]?.body)
    const read = await readAs(variants.newer)
    expect(read.map(statusesIn)).toEqual(soundRead.map(statusesIn))
  })

  test('the version before is read as far as it can be, and never as another status', async () => {
    expect(sound.some((document) => variants.older(document).body !== document.body)).toBe(true)
    for (const [at, document] of (await readAs(variants.older)).entries()) {
      const meant = soundRead[at] === undefined ? [] : statusesIn(soundRead[at])
      for (const status of statusesIn(document)) expect(meant).toContain(status)
      if (document.unintelligible === undefined) expect(statusesIn(document)).toEqual(meant)
    }
  })

  test('a damaged document is unintelligible, and those beside it are read', async () => {
    const mixed = sound.flatMap((document) => [damaged(document), document])
    const read = await readBy(agency, mixed)
    expect(read).toHaveLength(mixed.length)
    for (const [at, document] of read.entries()) {
      if (at % 2 === 0) expect(document).toMatchObject({ unintelligible: expect.any(String), receipts: [] })
      else expect(document.receipts).toEqual(soundRead[(at - 1) / 2]?.receipts)
    }
  })

  test('what is no document of its own comes through the variants as it is', () => {
    for (const body of ['', 'nonsense', '<a>', '{}', '[1', '{"document":"other"}'])
      for (const write of [variants.unknownCode, variants.older, variants.newer])
        expect(typeof write({ name: 'x', contentType: 'text/plain', body }).body).toBe('string')
  })

  test('its notice of maintenance tells until when, and is none of its answers', () => {
    const { body, contentType } = variants.maintenance(Date.parse('2026-11-22T03:00:00Z'))
    expect(body).toMatch(/2026-11-22[ T]11:00:00/)
    expect(() => adapters[agency.id]?.decode({ status: 200, contentType, body })).toThrow(Unintelligible)
  })
})
