import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type WaybillExport, waybill } from '../../schemas/waybill.ts'
import { sha256 } from '../../src/audit/hash.ts'
import {
  beforeFirst,
  drawnUp,
  type Entry,
  entryHash,
  type Standing,
  type Step,
  standingsOf,
} from '../../src/waybill/chain.ts'
import { verifyWaybill } from '../../src/waybill/verify.ts'
import { parties, trainBill } from './document.ts'
import { about, likely, none, seed, walked } from './walks.ts'

/** A chain as it is exported. */
function exported(steps: readonly Step[], standings: readonly Standing[]): WaybillExport {
  const text = (version: number) => JSON.stringify(waybill.parse(trainBill({ remarks: `version ${version}` })))
  const versions = [...new Set(standings.map(({ version }) => version))].map((version) => ({
    version,
    document: text(version),
    sha256: sha256(text(version)),
  }))
  let previous = beforeFirst
  const entries = steps.map(({ recipient, ...rest }, at) => {
    const version = standings[at]?.version ?? 1
    const when = new Date(Date.UTC(2026, 10, 22, 0, at)).toISOString()
    const entry = {
      ...rest,
      recipient,
      note: undefined,
      entry: at + 1,
      version,
      at: when,
      documentSha256: sha256(text(version)),
    }
    const told = { ...entry, previous, hash: entryHash(previous, 'MTD1', entry satisfies Omit<Entry, 'hash'>) }
    previous = told.hash
    const { note: _, recipient: to, ...shown } = told
    return to === undefined ? shown : { ...shown, recipient: to }
  })
  return { format: 'yuchuang-waybill-1', number: 'MTD1', carrier: parties.carrier, versions, entries, head: previous }
}

describe('an exported chain', () => {
  const steps: Step[] = [
    { action: 'DRAFT', actor: parties.carrier, ...none },
    { action: 'APPROVE', actor: parties.shipper, ...none },
    { action: 'ISSUE', actor: parties.carrier, recipient: parties.shipper },
    { action: 'ENDORSE_TO_ORDER', actor: parties.shipper, recipient: parties.bank },
    { action: 'BLANK_ENDORSE', actor: parties.bank, ...none },
    { action: 'TRANSFER', actor: parties.bank, recipient: parties.buyer },
    { action: 'SIGN', actor: parties.buyer, ...none },
    { action: 'SURRENDER_FOR_AMENDMENT', actor: parties.buyer, ...none },
    { action: 'SURRENDERED', actor: parties.carrier, ...none },
    { action: 'AMEND', actor: parties.carrier, ...none },
    { action: 'SURRENDER_FOR_DELIVERY', actor: parties.buyer, ...none },
    { action: 'SURRENDERED', actor: parties.carrier, ...none },
    { action: 'DELIVER', actor: parties.carrier, ...none },
  ]
  const walk = { steps, standings: standingsOf(about, steps) }
  const file = exported(walk.steps, walk.standings)

  test('is recomputed by anybody: whatever was done, it ends where the document stands', () => {
    fc.assert(
      fc.property(fc.array(likely, { maxLength: 30 }), (tried) => {
        const { steps, standings } = walked(tried, drawnUp(about))
        expect(verifyWaybill(exported(steps, standings))).toEqual(standings.at(-1))
      }),
      { numRuns: 100, seed },
    )
  })
  test('whatever is changed in it is found', () => {
    expect(file.entries).toHaveLength(13)
    expect(() => verifyWaybill(file)).not.toThrow()
    const changed = (change: (copy: WaybillExport) => void) => {
      const copy = structuredClone(file)
      change(copy)
      return () => verifyWaybill(copy)
    }
    for (const [at, entry] of file.entries.entries())
      for (const field of Object.keys(entry) as (keyof typeof entry)[])
        expect(
          changed((copy) => {
            const one = copy.entries[at] as Record<string, unknown>
            one[field] = typeof one[field] === 'number' ? one[field] + 1 : `${String(one[field])}x`
          }),
          `${at} ${field}`,
        ).toThrow(/^(Entry|The head)/)
    expect(changed((copy) => copy.entries.splice(3, 1))).toThrow('Entry 4 is missing')
    expect(changed((copy) => copy.entries.pop())).toThrow(/head/)
    expect(changed((copy) => (copy.carrier = parties.bank))).toThrow(/carrier/)
    expect(changed((copy) => (copy.number = 'MTD2'))).toThrow('Entry 1 is not what it was')
    expect(changed((copy) => copy.versions.forEach((one) => (one.document += ' ')))).toThrow(/Version 1/)
  })
  test('a chain forged with right hashes, but a step nobody may take, is found too', () => {
    const theft: Step = { action: 'ENDORSE', actor: parties.stranger, recipient: parties.stranger }
    expect(() => verifyWaybill(exported([...walk.steps.slice(0, 3), theft], walk.standings.slice(0, 4)))).toThrow(
      /^Entry 4/,
    )
  })
  test('the command says so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waybill-'))
    const path = join(folder, 'chain.json')
    const run = promisify(execFile)
    await writeFile(path, JSON.stringify(file))
    const command = ['src/waybill/main.ts', path]
    expect((await run(process.execPath, command)).stdout).toMatch(/^MTD1: \d+ entries are whole/)
    await writeFile(path, JSON.stringify({ ...file, head: 'x' }))
    await expect(run(process.execPath, command)).rejects.toThrow(/head/)
    await rm(folder, { recursive: true })
  })
})
