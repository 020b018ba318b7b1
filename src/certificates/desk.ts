import type { Said } from '../../adapters/issuer.ts'
import type { CertificateUse } from '../../schemas/certificates.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import { saveFacts } from '../db/certificate-register.ts'
import { keepExchange } from '../db/certificates.ts'
import type { Database } from '../db/database.ts'
import { limits } from '../limits.ts'
import type { Rules } from '../rules/rules.ts'
import type { Transport } from '../transport/transport.ts'
import { accreditationIssues, ask, type Issuers, issuesOf, type Told } from './ask.ts'
import { type Network, type NetworkedUse, networkAt } from './network.ts'

/** A use to be verified, with a number of its own. */
export interface ToVerify extends NetworkedUse {
  readonly id: string
  readonly traderReference: string
}

/** What issuers say of the uses of a declaration: an explicit no is an issue, no answer in time a warning. */
export interface Verified {
  readonly issues: readonly Issue[]
  readonly warnings: readonly Issue[]
  /** Of each use, in their order. */
  readonly answers: readonly { readonly said: Said | undefined; readonly issues: readonly Issue[] }[]
}

/** Where certificates are verified before anything is reserved: at the pre-check, at acceptance, on a trader's asking. */
export interface CertificateDesk {
  readonly issuers: Issuers
  networkAt(at: number): Network | undefined
  /** Asks all issuers at once, within a short limit. @param keep whether what they say of the certificates is kept */
  verify(uses: readonly ToVerify[], at: number, keep: boolean): Promise<Verified>
  close(): Promise<void>
}

export function createCertificateDesk(
  database: Database,
  issuers: Issuers,
  transport: Transport,
  rules: Rules,
  onError: (error: unknown) => void,
): CertificateDesk {
  const verifyOne = async (one: ToVerify, at: number, keep: boolean): Promise<Verified['answers'][number] | string> => {
    const dialect = issuers[one.issuer]
    if (dialect === undefined) return 'no such issuer is connected'
    const { id, use, traderReference, rule } = one
    const wire = dialect.encodeVerify({ id, use, traderReference, instant: new Date(at).toISOString() })
    const told = await ask(transport, one.issuer, dialect, wire, { kind: 'verify', useId: id, reserves: false })
    if (keep) await remember(one, told, new Date(at))
    if (told.kind === 'silent') return told.error
    const { said } = told
    if (said.verdict === 'no') return { said, issues: issuesOf(one.issuer, dialect, use, said) }
    if (said.verdict !== 'yes') return `it answered ${said.code} “${said.text}”, which is not known here`
    const accredited =
      rule.accredited === true && said.certificate !== undefined
        ? accreditationIssues(rules, at, one.issuer, use, said.certificate)
        : []
    return { said, issues: accredited }
  }
  const remember = async ({ issuer, use, rule }: ToVerify, told: Told, now: Date) => {
    await keepExchange(database.pool, told.exchange, now)
    if (told.kind === 'silent' || told.said.certificate === undefined) return
    await saveFacts(
      database.pool,
      { ...use, issuer },
      told.said.certificate,
      usesOf(rule.uses, told.said.certificate.uses),
      now,
    )
  }
  return {
    issuers,
    networkAt: (at) => networkAt(rules, at),
    async verify(uses, at, keep) {
      const late = Promise.withResolvers<string>()
      const timer = setTimeout(
        () => late.resolve(`no answer in ${limits.certificateVerifyMs} ms`),
        limits.certificateVerifyMs,
      )
      try {
        const all = await Promise.all(
          uses.map(async (one, place) => {
            if (place >= limits.certificatesVerified) return 'too many certificates to verify beforehand'
            const verifying = verifyOne(one, at, keep).catch((error: unknown) => {
              onError(error)
              return 'it could not be asked'
            })
            return Promise.race([verifying, late.promise])
          }),
        )
        return {
          issues: all.flatMap((one) => (typeof one === 'string' ? [] : one.issues)),
          warnings: all.flatMap((one, place) => {
            const asked = uses[place]
            return typeof one !== 'string' || asked === undefined ? [] : [warningOf(issuers, asked, one)]
          }),
          answers: all.map((one) => (typeof one === 'string' ? { said: undefined, issues: [] } : one)),
        }
      } finally {
        clearTimeout(timer)
      }
    },
    close: () => transport.close(),
  }
}

/** How often a certificate may be used: once by our rule 一批一证, else as it says itself. */
export const usesOf = (rule: 'single' | 'as-issued', issued: number | undefined): number | undefined =>
  rule === 'single' ? 1 : issued

function warningOf(issuers: Issuers, { issuer, use }: { issuer: string; use: CertificateUse }, why: string): Issue {
  const name = issuers[issuer]?.name ?? { en: issuer, zh: issuer }
  return issue(
    use.pointer,
    'certificate-not-verified',
    {
      en: `Certificate ${use.typeCode} ${use.number} could not be verified with its issuer now (${name.en}: ${why}); the filing waits until it is reserved`,
      zh: `监管证件${use.typeCode} ${use.number}暂时无法联网核查（${name.zh}：${why}），预留成功后再行申报`,
    },
    issuer,
  )
}

/** Where no issuer is connected: nothing is networked. For whoever keeps no declarations. */
export const closedDesk: CertificateDesk = {
  issuers: {},
  networkAt: () => undefined,
  verify: () => Promise.resolve({ issues: [], warnings: [], answers: [] }),
  close: () => Promise.resolve(),
}
