import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Procedure, Submission } from '../../adapters/adapter.ts'
import { border } from '../../adapters/border/index.ts'
import { goldenCases } from '../../conformance/adapter/goldens.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { FilingStatus } from '../../schemas/status.ts'

const cases = goldenCases('border').filter(({ submission }) => submission.change !== undefined)
const procedure = (id: string) => border.procedures[id] as unknown as Procedure

/** A golden change, with the declaration as it is to be changed further. */
function open(name: string, edit: (after: Declaration) => void = () => {}, status: FilingStatus = 'approved') {
  const found = cases.find((one) => one.name === name)
  if (found === undefined) throw new Error(`No golden case ${name}`)
  const submission = structuredClone(found.submission)
  const { change } = submission
  if (change === undefined) throw new Error(`${name} changes nothing`)
  edit(submission.declaration)
  const { after } = change
  const border = submission.declaration.particulars?.['border']?.[change.procedure]
  const changed = {
    ...submission,
    change: {
      ...change,
      status,
      ...(after === undefined ? {} : { after: { declaration: submission.declaration, particulars: border } }),
    },
  }
  return { id: found.procedure, submission: changed as Submission }
}

const issuesOf = ({ id, submission }: ReturnType<typeof open>) => {
  const { declaration, particulars } = submission
  const { missing, check } = procedure(id)
  const lacking = missing(declaration, particulars, submission)
  return (lacking.length > 0 ? lacking : check(declaration, particulars, submission)).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  )
}
const seaLeg = ({ goodsShipment }: Declaration) => {
  const leg = goodsShipment.consignment.legs[1]
  if (leg === undefined) throw new Error('A golden case lost its sea leg')
  return leg
}
const leg = '/goodsShipment/consignment/legs/1'

describe('a change that goes to border inspection', () => {
  test.each(cases)('$name: the golden bytes, and nothing to complain of', ({ procedure: id, submission, bytes }) => {
    const { declaration, particulars } = submission
    expect(procedure(id).missing(declaration, particulars, submission)).toEqual([])
    expect(procedure(id).check(declaration, particulars, submission)).toEqual([])
    expect(procedure(id).encode(submission).body).toBe(bytes)
    expect(procedure(id).encodeInquiry(submission).path).toBe(`/clearances/${submission.reference}`)
  })

  test('has its own names, and those of what it changes apart; before it is cleared there is no number', () => {
    const body = procedure('amendment').encode(open('amendment-arrival').submission).body ?? ''
    expect(body).toMatch(/<OurReference>YC26112200000001BM06<[\s\S]*<Change>\s*<OurReference>YC26112200000001BA04</)
    expect(body).not.toContain('ClearanceNumber')
  })

  test('goes out without particulars, and with a reason of any length on one line', () => {
    const { submission } = open('cancellation-departure')
    const { change } = submission
    if (change === undefined) throw new Error('Nothing is changed')
    const reason = `${'换'.repeat(511)}\u{1F6A2}\nmore`
    const bare = { ...submission, particulars: undefined, change: { ...change, reason: `a\n b${reason}` } }
    const body = procedure('cancellation').encode(bare).body ?? ''
    expect(body).not.toContain('Contact')
    expect(/<Reason>(.*)<\/Reason>/.exec(body)?.[1]).toBe(`a  b${'换'.repeat(508)}`)
  })
})

describe('what border inspection would not grant', () => {
  test('another conveyance, another port, another mode: no corrections', () => {
    expect(
      issuesOf(
        open('amendment-departure', (after) => {
          Object.assign(seaLeg(after).conveyance ?? {}, { id: '9319466' })
          seaLeg(after).from.unLocode = 'CNWIG'
        }),
      ),
    ).toEqual([`${leg}/conveyance/id not-amendable`, `${leg}/from/unLocode not-amendable`])
    expect(issuesOf(open('amendment-departure', (after) => (seaLeg(after).modeCode = '4')))).toContain(
      `${leg}/modeCode not-amendable`,
    )
  })

  test('a name, a flag, a voyage may be corrected', () => {
    expect(
      issuesOf(
        open('amendment-departure', (after) => {
          Object.assign(seaLeg(after), { voyageNumber: '118S' })
          Object.assign(seaLeg(after).conveyance ?? {}, { name: 'EXAMPLE STREAM', flagCountry: 'PA', callSign: 'HO1' })
        }),
      ),
    ).toEqual([])
  })

  test.each([
    ['2026-12-04T10:00:00Z', 'approved', []],
    ['2026-12-04T10:00:01Z', 'approved', [`${leg}/departureDateTime not-amendable`]],
    ['2026-12-09T10:00:00Z', 'in-review', []],
  ] as const)('a departure at %s instead of 2026-12-03T10:00Z, when it is %s', (moved, status, expected) => {
    expect(issuesOf(open('amendment-departure', (after) => (seaLeg(after).departureDateTime = moved), status))).toEqual(
      expected,
    )
  })

  test('new lists are checked as the first were', () => {
    const crewless = open('amendment-departure', ({ particulars }) => {
      delete particulars?.['border']?.['departure']
    })
    expect(issuesOf(crewless)).toContain('/particulars/border/departure/crew missing')
    const masterless = open('amendment-departure', ({ particulars }) => {
      const departure = particulars?.['border']?.['departure'] as { crew?: { isMaster?: boolean }[] } | undefined
      for (const one of departure?.crew ?? []) delete one.isMaster
    })
    expect(issuesOf(masterless)).toEqual(['/particulars/border/departure/crew master-not-one'])
  })

  test.each(['amendment-departure', 'cancellation-departure'])('%s: nothing once it is over', (name) => {
    for (const status of ['closed', 'withdrawn', 'refused'] as const)
      expect(issuesOf(open(name, undefined, status))).toContain(`${leg} too-late`)
    expect(issuesOf(open(name, undefined, 'in-review'))).toEqual([])
  })
})

describe('what border inspection says of a change', () => {
  const folder = new URL('../../adapters/border/golden/replies/', import.meta.url)
  const decode = (path: string) =>
    border.decode({ status: 200, contentType: 'application/xml', body: readFileSync(new URL(path, folder), 'utf8') })
  const replies = ['amendment', 'cancellation'].flatMap((id) =>
    readdirSync(new URL(`${id}/`, folder)).map((file) => `${id}/${file}`),
  )

  test.each(replies)('%s names the change only', (path) => {
    const [one] = decode(path)
    expect(one?.references.map(({ scheme }) => scheme)).not.toContain('clearance-number')
    expect(one?.references[0]?.value).toMatch(/B[MC]0\d$/)
  })

  test('what is changed, the persons refused and the reasons are told', () => {
    expect(decode('amendment/person.refused.xml')).toMatchObject([
      {
        status: 'refused',
        references: [{}, {}, { scheme: 'change-number', value: 'BG26112300000002' }],
        details: {
          changed: {
            procedure: 'departure',
            ourReference: 'YC26112200000001BD01',
            clearanceNumber: 'BJ26112200000001',
          },
          refusedPersons: [{ code: 'BI-301' }],
        },
      },
    ])
    expect(decode('cancellation/reason.refused.xml')[0]?.details?.['errors']).toMatchObject([{ code: 'BI-406' }])
    expect(decode('departure/taken-back.withdrawn.xml')).toMatchObject([
      { status: 'withdrawn', references: [{}, {}, { scheme: 'clearance-number' }] },
    ])
  })
})
