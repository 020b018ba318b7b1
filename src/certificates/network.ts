import type * as z from 'zod'
import type { Procedure } from '../../adapters/adapter.ts'
import type { CertificateUse } from '../../schemas/certificates.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Gate } from '../../schemas/gate.ts'
import type { Issue } from '../../schemas/issue.ts'
import { certificateTolerances } from '../../schemas/rules/certificate-tolerances.ts'
import { networkedCertificates } from '../../schemas/rules/networked-certificates.ts'
import type { Text } from '../../schemas/text.ts'
import { readParticulars } from '../filing/prepare.ts'
import type { Rules } from '../rules/rules.ts'

type Row = z.infer<typeof networkedCertificates.row>

/** The table of networked certificates 联网核查监管证件 as it holds at an instant; the same object until another version does. */
export interface Network {
  readonly validFrom: string
  readonly source: string
  readonly rows: readonly Row[]
}

/** The line of the table a use is networked by, with where it is from: kept beside the use. */
export type NetworkLine = Pick<Row, 'uses' | 'tolerance' | 'accredited'> & {
  readonly table: string
  readonly validFrom: string
  readonly source: string
}

/** A use of a certificate that its issuer must agree to. */
export interface NetworkedUse {
  readonly issuer: string
  readonly rule: NetworkLine
  readonly use: CertificateUse
}

/** Name an issuer's calls, faults and lane go by: apart from the agencies'. */
export const laneOfIssuer = (issuer: string): string => `issuers/${issuer}`

export const networkAt = (rules: Rules, at: number): Network | undefined => rules.versionAt(networkedCertificates, at)

/** The line by which a certificate is networked; undefined when it is shown as a number only. */
export function lineFor(
  { rows, validFrom, source }: Network,
  { typeCode, direction }: Pick<CertificateUse, 'typeCode' | 'direction'>,
): { readonly issuer: string; readonly rule: NetworkLine } | undefined {
  const row = rows.find((one) => one.typeCode === typeCode && (one.direction === 'both' || one.direction === direction))
  if (row === undefined) return undefined
  const { issuer, uses, tolerance, accredited } = row
  const rule = { table: networkedCertificates.id, validFrom, source, uses, tolerance }
  return { issuer, rule: { ...rule, ...(accredited === undefined ? {} : { accredited }) } }
}

/** What a filing uses of certificates that are networked. A certificate named twice is used once, for all its lines. */
export function networkedUses(
  procedure: Procedure,
  network: Network | undefined,
  declaration: Declaration,
  particulars: unknown,
): NetworkedUse[] {
  if (network === undefined || procedure.certificates === undefined) return []
  const all = new Map<string, NetworkedUse>()
  for (const use of procedure.certificates(declaration, readParticulars(procedure, particulars))) {
    const found = lineFor(network, use)
    if (found === undefined) continue
    const key = JSON.stringify([use.typeCode, use.number])
    const known = all.get(key)
    all.set(key, {
      ...found,
      use: known === undefined ? use : { ...known.use, lines: [...known.use.lines, ...use.lines] },
    })
  }
  return [...all.values()]
}

/** By how many per cent goods may exceed a certificate 溢短装: the least of all its lines. */
export function toleranceOf(rules: Rules, at: number, tolerance: string, hsCodes: readonly string[]): string {
  const rows = rules.rowsAt(certificateTolerances, at).filter((row) => row.tolerance === tolerance)
  const percents = hsCodes.map(
    (hsCode) =>
      rows
        .filter(({ hsPrefix }) => hsCode.startsWith(hsPrefix))
        .toSorted((a, b) => b.hsPrefix.length - a.hsPrefix.length)[0]?.percent ?? '0',
  )
  return percents.toSorted((a, b) => Number(a) - Number(b))[0] ?? '0'
}

/** What keeps a filing from going while a certificate is not reserved. */
export function gateOf(
  id: string,
  { typeCode, number }: Pick<CertificateUse, 'typeCode' | 'number'>,
  since: string,
  silent?: { readonly issuer: Text; readonly since: string },
): Gate {
  const because =
    silent === undefined
      ? {
          en: `Certificate ${typeCode} ${number} is being reserved with its issuer`,
          zh: `监管证件${typeCode} ${number}正在向发证机关办理预留`,
        }
      : {
          en: `Certificate ${typeCode} ${number}: ${silent.issuer.en} cannot be reached since ${silent.since}; the filing goes on by itself once it answers`,
          zh: `监管证件${typeCode} ${number}：${silent.issuer.zh}自${silent.since}起无应答，恢复后自动继续办理`,
        }
  return { kind: 'certificate', id, because, since }
}

/** The gate of a certificate whose issuer said no: the trader must bring another, or declare otherwise. */
export const refusedGate = (gate: Gate, needs: readonly Issue[], use: CertificateUse): Gate => ({
  ...gate,
  because: {
    en: `Certificate ${use.typeCode} ${use.number} was refused by its issuer`,
    zh: `监管证件${use.typeCode} ${use.number}未获发证机关同意`,
  },
  needs: [...needs],
})
