import { Unintelligible, type WireMessage } from '../../adapters/adapter.ts'
import type { Issuer, Said } from '../../adapters/issuer.ts'
import {
  type CertificateFacts,
  type CertificateFinding,
  type CertificateUse,
  certificateFindings,
} from '../../schemas/certificates.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import { accreditedInspectionBodies } from '../../schemas/rules/accredited-inspection-bodies.ts'
import type { IssuerExchange } from '../db/certificates.ts'
import type { Rules } from '../rules/rules.ts'
import { type Transport, Unreachable } from '../transport/transport.ts'
import { laneOfIssuer } from './network.ts'

/** Every issuer by its id. */
export type Issuers = { readonly [issuer: string]: Issuer }

/** How a call to an issuer went. `silent`: no answer that says anything; `arrived`: whether it may have heard us. */
export type Told =
  | { readonly kind: 'said'; readonly said: Said; readonly exchange: IssuerExchange }
  | {
      readonly kind: 'silent'
      readonly arrived: boolean
      readonly error: string
      readonly retryAfterMs: number
      readonly exchange: IssuerExchange
    }

/** Statuses that say the request was not taken up. */
const notTaken = new Set([429, 503])

/** Calls an issuer and reads its answer. Never throws for what the issuer or the network does. */
export async function ask(
  transport: Transport,
  issuer: string,
  dialect: Issuer,
  wire: WireMessage,
  about: { readonly kind: IssuerExchange['kind']; readonly useId: string; readonly reserves: boolean },
): Promise<Told> {
  const exchange: IssuerExchange = {
    ...(about.reserves ? { useId: about.useId } : {}),
    issuer,
    kind: about.kind,
    method: wire.method,
    path: wire.path,
    body: wire.body,
  }
  const silent = (error: string, arrived: boolean, more: Partial<IssuerExchange> = {}, retryAfterMs = 0): Told => ({
    kind: 'silent',
    arrived,
    error,
    retryAfterMs,
    exchange: { ...exchange, ...more, error },
  })
  try {
    const reply = await transport.call(laneOfIssuer(issuer), wire, { messageId: about.useId })
    const got = { status: reply.status, answer: reply.body }
    if (reply.status >= 500 || notTaken.has(reply.status))
      return silent(`HTTP ${reply.status}`, !notTaken.has(reply.status), got, reply.retryAfterMs)
    try {
      return { kind: 'said', said: dialect.decode(reply), exchange: { ...exchange, ...got } }
    } catch (error) {
      if (!(error instanceof Unintelligible)) throw error
      return silent(`Unintelligible: ${error.message}`, true, got)
    }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    return silent(error.message, error.arrived === 'unknown')
  }
}

/** What an issuer has against a use, at its places in the declaration. */
export function issuesOf(issuer: string, { name }: Issuer, use: CertificateUse, said: Said): Issue[] {
  const all = said.objections.map(({ code, line, words, theirCode }) => {
    const at = line === undefined ? undefined : use.lines[line]?.pointer
    return worded(
      issuer,
      code,
      at ?? use.pointer,
      `${name.en} (${theirCode}): “${words}”`,
      `${name.zh}（${theirCode}）：“${words}”`,
    )
  })
  if (all.length > 0) return all
  return [
    worded(
      issuer,
      'certificate-refused',
      use.pointer,
      `${name.en} (${said.code}): “${said.text}”`,
      `${name.zh}（${said.code}）：“${said.text}”`,
    ),
  ]
}

/** An issue in our words, with what is said of it. */
export const worded = (issuer: string, code: CertificateFinding, at: string, en: string, zh: string): Issue =>
  issue(
    at,
    code,
    { en: `${certificateFindings[code].en}. ${en}`, zh: `${certificateFindings[code].zh}。${zh}` },
    issuer,
  )

/** Whether the body that issued a report is accredited 采信 for the goods, by the rule table. */
export function accreditationIssues(
  rules: Rules,
  at: number,
  issuer: string,
  use: Pick<CertificateUse, 'pointer' | 'lines' | 'number'>,
  { issuedBy, validFrom }: CertificateFacts,
): Issue[] {
  const version = rules.versionAt(accreditedInspectionBodies, at)
  const body = version?.rows.find((row) => row.body === issuedBy)
  const rule = version === undefined ? 'no list holds' : `${accreditedInspectionBodies.id} of ${version.validFrom}`
  const ofRule = version === undefined ? '无现行目录' : `采信机构目录${version.validFrom}版`
  if (body === undefined || validFrom < body.validFrom || validFrom > body.validTo)
    return [
      worded(
        issuer,
        'certificate-not-accredited',
        use.pointer,
        `Report ${use.number} of ${validFrom} is by ${body?.name ?? issuedBy ?? 'an unnamed body'} (${rule})`,
        `检验报告${use.number}（${validFrom}）由${body?.name ?? issuedBy ?? '未具名机构'}出具（${ofRule}）`,
      ),
    ]
  return use.lines
    .filter(({ hsCode }) => !body.hsPrefixes.some((prefix) => hsCode.startsWith(prefix)))
    .map(({ pointer, hsCode }) =>
      worded(
        issuer,
        'certificate-outside-scope',
        pointer,
        `${body.name} is not accredited for ${hsCode} (${rule})`,
        `${body.name}的采信范围不含${hsCode}（${ofRule}）`,
      ),
    )
}
