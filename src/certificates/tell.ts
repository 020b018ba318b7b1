import type { Asked, Booked, Issuer } from '../../adapters/issuer.ts'
import type { Issue } from '../../schemas/issue.ts'
import { markTelling, type UseLease } from '../db/certificate-leases.ts'
import { readCertificate, saveFacts } from '../db/certificate-register.ts'
import { keepExchange, readUse, type UseRow } from '../db/certificates.ts'
import type { Workshop } from '../filing/workshop.ts'
import { accreditationIssues, ask, type Issuers, issuesOf, type Told } from './ask.ts'
import { concludeCommitted, concludeRefused, concludeReleased, concludeReserved } from './conclude.ts'
import { usesOf } from './desk.ts'
import { setAside } from './set-aside.ts'

/** What issuers are told with. */
export interface Office extends Workshop {
  readonly issuers: Issuers
}

/** How an issuer that should be told something was found: it answered, or it was silent and is asked again. */
export type Outcome = { readonly kind: 'answered' } | Extract<Told, { kind: 'silent' }>
const answered: Outcome = { kind: 'answered' }

/** Tells an issuer what it is still to be told of one use, and draws the conclusions from its answer. */
export async function tell(office: Office, issuer: string, dialect: Issuer, lease: UseLease): Promise<Outcome> {
  const use = await readUse(office.database, lease.id)
  if (use === undefined || use.fence !== lease.fence || use.asking === undefined) return answered
  const successor = await successorOf(office, use)
  const call = telling(office, issuer, dialect, use, successor)
  if (use.asking === 'reserve') return reserve(office, issuer, dialect, lease, use, call)
  if (!(await markTelling(office.database, lease))) return answered
  const told = await call(use.asking)
  if (told.kind === 'silent') return told
  const { said } = told
  if (use.asking === 'commit') {
    if (said.verdict !== 'yes') return unexpected(told)
    await concludeCommitted(office, lease)
    return answered
  }
  // It has nothing to give back: that is what was wanted.
  if (said.verdict !== 'yes' && said.verdict !== 'not-here') return unexpected(told)
  await concludeReleased(office, lease)
  return answered
}

type Call = (kind: 'verify' | 'reserve' | 'commit' | 'release' | 'inquiry') => Promise<Told>

function telling(
  { transport, now, database }: Office,
  issuer: string,
  dialect: Issuer,
  use: UseRow,
  successor?: string,
): Call {
  return async (kind) => {
    const instant = new Date(now()).toISOString()
    const { id, traderReference, typeCode, number } = use
    const asked: Asked = {
      id,
      use: use.use,
      traderReference,
      instant,
      ...(use.replaces ? { replaces: use.replaces } : {}),
    }
    const booked: Booked = { id, typeCode, number, traderReference, instant, ...(successor ? { successor } : {}) }
    const wires = {
      verify: () => dialect.encodeVerify(asked),
      reserve: () => dialect.encodeReserve(asked),
      commit: () => dialect.encodeCommit(booked),
      release: () => dialect.encodeRelease(booked),
      inquiry: () => dialect.encodeInquiry(booked),
    }
    const told = await ask(transport, issuer, dialect, wires[kind](), { kind, useId: id, reserves: true })
    await keepExchange(database.pool, told.exchange, new Date(now()))
    return told
  }
}

/** The reservation that takes over what this one gives back. */
async function successorOf({ database }: Office, { id, asking }: UseRow): Promise<string | undefined> {
  if (asking !== 'release') return undefined
  const { rows } = await database.pool.query<{ id: string }>(
    "SELECT id FROM certificate_use WHERE replaces = $1 AND status = 'reserved' AND asking IS DISTINCT FROM 'release' ORDER BY id LIMIT 1",
    [id],
  )
  return rows[0]?.id
}

/** An answer that is neither a yes nor a no to what was asked moves nothing: it is kept, and the issuer is asked again. */
const unexpected = ({ said, exchange }: Extract<Told, { kind: 'said' }>): Outcome => ({
  kind: 'silent',
  arrived: true,
  error: `It answered ${said.code} “${said.text}”, which moves nothing forward`.slice(0, 500),
  retryAfterMs: 0,
  exchange,
})

/** Reserves: asks first where it may have been told already, learns the certificate, sets aside in our own ledger, then at the issuer. */
async function reserve(
  office: Office,
  issuer: string,
  dialect: Issuer,
  lease: UseLease,
  use: UseRow,
  call: Call,
): Promise<Outcome> {
  if (use.unknown) {
    const told = await call('inquiry')
    if (told.kind === 'silent') return told
    const stands = told.said.state === 'reserved' || told.said.state === 'committed'
    if (stands && use.held !== undefined) {
      await concludeReserved(office, lease, told.said)
      return answered
    }
    if (told.said.verdict === 'unrecognised') return unexpected(told)
  }
  const known = await learn(office, issuer, dialect, use, call)
  if ('kind' in known) return known
  const issues = known.issues.length > 0 ? known.issues : await setAside(office, lease)
  if (issues === undefined || !(await markTelling(office.database, lease))) return answered
  if (issues.length > 0) {
    await concludeRefused(office, lease, issues)
    return answered
  }
  const told = await call('reserve')
  if (told.kind === 'silent') return told
  const { said } = told
  if (said.verdict === 'yes') await concludeReserved(office, lease, said)
  else if (said.verdict === 'no') await concludeRefused(office, lease, issuesOf(issuer, dialect, use.use, said))
  else return unexpected(told)
  return answered
}

/** What is known of the certificate: asked of its issuer where nothing is yet. Issues where it may not be used at all. */
async function learn(
  office: Office,
  issuer: string,
  dialect: Issuer,
  use: UseRow,
  call: Call,
): Promise<{ readonly issues: readonly Issue[] } | Outcome> {
  const { database, rules, now } = office
  const known = await readCertificate(database.pool, use.typeCode, use.number)
  let facts = known?.facts
  if (facts === undefined) {
    const told = await call('verify')
    if (told.kind === 'silent') return told
    if (told.said.verdict === 'no') return { issues: issuesOf(issuer, dialect, use.use, told.said) }
    facts = told.said.certificate
    if (told.said.verdict !== 'yes' || facts === undefined) return unexpected(told)
    await saveFacts(database.pool, use, facts, usesOf(use.rule.uses, facts.uses), new Date(now()))
  }
  return { issues: use.rule.accredited === true ? accreditationIssues(rules, now(), issuer, use.use, facts) : [] }
}
