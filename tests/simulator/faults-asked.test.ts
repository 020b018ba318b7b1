import { expect, test } from 'vitest'
import { issuers } from '../../adapters/issuers.ts'
import { adapters } from '../../adapters/registry.ts'
import { goldenCases } from '../../conformance/adapter/goldens.ts'
import { openDeskOffice } from '../../conformance/adapter/office.ts'
import type { Agency } from '../../mocks/agency.ts'
import { issuers as offices } from '../../mocks/issuers.ts'
import { agencies } from '../../mocks/registry.ts'
import { createSimulator } from '../../mocks/server.ts'
import { issuerCases } from '../certificates/golden-issuers.ts'

// An outcome wished for in the header, or by a script, is the outcome the magic value in the sender's reference asks for.

const cases = new Map(agencies.map(({ id }) => [id, goldenCases(id)]))
/** A golden case of a procedure that stands on nothing else. */
const goldenOf = ({ id }: Agency, procedure: string) =>
  cases
    .get(id)
    ?.find((one) => one.procedure === procedure && one.builtOn.length === 0 && one.submission.change === undefined)

/** What an agency answers and sends about a golden case under a trader's reference; that, and what is drawn from it, left out. */
async function said(agency: Agency, procedure: string, reference: string): Promise<string[]> {
  const found = goldenOf(agency, procedure)
  const encode = adapters[agency.id]?.procedures[procedure]?.encode
  if (found === undefined || encode === undefined) return []
  const { submission } = found
  const declaration = { ...submission.declaration, functionalReferenceId: reference }
  const start = Date.parse(submission.instant)
  const office = openDeskOffice(agency, start)
  const answer = await office.ask(encode({ ...submission, declaration }))
  office.advanceTo(start + 60 * 86_400_000)
  return [answer.body, ...office.documents.map(({ body }) => body)].map((body) =>
    body.replaceAll(reference, 'REF').replace(/\d/g, '#'),
  )
}

/** The agency, to which every request wishes for an outcome. */
const wishing = (agency: Agency, magic: string): Agency => ({
  ...agency,
  open: (desk) => agency.open({ ...desk, asked: (reference) => [magic, ...desk.asked(reference)] }),
})

test.each(agencies.map((agency) => [agency.id, agency] as const))(
  '%s: each row of its table, wished for, is what its magic value brings about; and most differ from what is usual',
  async (_, agency) => {
    const usual = new Map<string, string>()
    const [unlike, different]: [string[], string[]] = [[], []]
    const rows = agency.outcomes.filter(({ procedure }) => goldenOf(agency, procedure) !== undefined)
    for (const { procedure, magic } of rows) {
      const plain = usual.get(procedure) ?? JSON.stringify(await said(agency, procedure, 'EV7'))
      usual.set(procedure, plain)
      const wished = JSON.stringify(await said(wishing(agency, magic), procedure, 'EV7'))
      const byReference = JSON.stringify(await said(agency, procedure, `EV7-${agency.letter}.${magic}`))
      if (wished !== byReference) unlike.push(`${procedure} ${magic}`)
      if (wished !== plain) different.push(magic)
    }
    expect(unlike).toEqual([])
    expect(different.length).toBeGreaterThan(rows.length / 2)
  },
)

test('the header reaches the agency: through the simulator the outcome is the one wished for', async () => {
  for (const agency of agencies) {
    const outcome = agency.outcomes.find(({ magic, procedure }) => magic === 'NEVER' && goldenOf(agency, procedure))
    const golden = goldenOf(agency, outcome?.procedure ?? '')
    const message = golden && adapters[agency.id]?.procedures[golden.procedure]?.encode(golden.submission)
    if (golden === undefined || message === undefined) throw new Error(`${agency.id} never falls silent`)
    const startAt = Date.parse(golden.submission.instant)
    const documents = async (scenario: string) => {
      const simulator = createSimulator({
        agencies: [agency],
        callbackUrl: 'http://nobody.test',
        mode: 'frozen',
        startAt,
        seed: 'header',
        fetch: () => Promise.resolve({ status: 202 }),
      })
      await simulator.app.request(`/${agency.id}${message.path}`, {
        method: message.method,
        headers: { 'content-type': message.contentType ?? '', 'x-sim-scenario': scenario },
        body: message.body ?? '',
      })
      await simulator.clock.advance(60 * 86_400_000)
      const sent = simulator.journal.find({ kind: 'document', limit: 1_000 }).data.length
      await simulator.close()
      return sent
    }
    const usual = await documents('')
    expect(usual).toBeGreaterThan(0)
    expect(await documents(`${agency.letter}.NEVER`)).toBeLessThan(usual)
  }
})

test.each(offices.map((office) => [office.id, office] as const))(
  '%s decides by the header, and misbehaves by it, as an agency does',
  async (_, office) => {
    const dialect = issuers[office.id]
    if (dialect === undefined) throw new Error(office.id)
    const [outcome] = office.outcomes.filter(({ procedure }) => procedure === 'reserve')
    const wire = issuerCases(office.id, dialect).find(({ step }) => step === 'reserve')?.wire
    const simulator = createSimulator({
      agencies: [],
      issuers: offices,
      callbackUrl: 'http://nobody.test',
      mode: 'frozen',
      startAt: Date.parse('2026-11-21T01:00:00Z'),
    })
    const ask = (scenario: string) =>
      simulator.app.request(`/issuers/${office.id}${wire?.path}`, {
        method: 'POST',
        headers: { 'content-type': wire?.contentType ?? '', 'x-sim-scenario': scenario },
        body: wire?.body ?? '',
      })
    const read = async (answer: Response) =>
      dialect.decode({
        status: answer.status,
        contentType: answer.headers.get('content-type') ?? '',
        body: await answer.text(),
      })
    expect((await ask('BUSY')).status).toBe(429)
    expect(await read(await ask(outcome?.magic ?? ''))).toMatchObject({
      verdict: expect.stringMatching(/^(no|unrecognised)$/),
    })
    await simulator.close()
  },
)
