import { Hono } from 'hono'
import { verifyRequest } from '../../schemas/certificates.ts'
import type { Auth } from '../auth.ts'
import { lineFor } from '../certificates/network.ts'
import { presentCertificate, presentEntry, presentUse } from '../certificates/present.ts'
import { readEntries } from '../db/certificate-ledger.ts'
import { listCertificates, readCertificate } from '../db/certificate-register.ts'
import { usesOfCertificate, usesOfDeclaration } from '../db/certificates.ts'
import { newId } from '../db/ids.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { ownDeclarations, scopeOf, tenantOf } from './owner.ts'
import { page, readQuery } from './parameters.ts'
import { certificatesQuery } from './queries-certificates.ts'

/** Certificates 监管证件: what is left of one's own, and checking one before it is declared. */
export function certificateRoutes({ database, certificates, now }: Services, auth: Auth): Hono<Env> {
  const { issuers } = certificates
  const routes = new Hono<Env>()
  const reader = auth('trader', 'admin')

  routes.get('/', describe('listCertificates'), reader, async (context) => {
    const { limit, after, holder, type, number, unconfirmed } = readQuery(context, certificatesQuery)
    const scope = scopeOf(context)
    const wanted = { holder: scope ?? holder, type, number, unconfirmed, after }
    const rows = await listCertificates(database, { ...wanted, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    return page(
      context,
      shown.map((row) => presentCertificate(issuers, row)),
      last && `${last.typeCode}.${last.number}`,
    )
  })

  routes.post('/verify', describe('verifyCertificate'), auth('trader'), async (context) => {
    const { value } = await readJsonBody(context, verifyRequest)
    const at = now()
    const network = certificates.networkAt(at)
    const found = network && lineFor(network, value)
    if (found === undefined) throw new Problem('certificate-not-networked')
    const { typeCode, number, direction, officeId, lines } = value
    const use = {
      typeCode,
      number,
      pointer: '/number',
      holder: tenantOf(context),
      direction,
      officeId,
      lines: lines.map(({ hsCode, originCountry, quantity, value: worth }, place) => ({
        pointer: `/lines/${place}`,
        sequence: place + 1,
        hsCode,
        originCountry,
        quantities: [quantity],
        ...(worth === undefined ? {} : { value: worth }),
      })),
    }
    const asked = { ...found, use, id: newId(at), traderReference: 'VERIFY' }
    const { answers, issues, warnings } = await certificates.verify([asked], at, false)
    const facts = answers[0]?.said?.certificate
    const { table, validFrom, source } = found.rule
    return context.json({
      verdict: warnings.length > 0 ? 'unreachable' : issues.length > 0 ? 'no' : 'yes',
      issuer: found.issuer,
      issuerName: issuers[found.issuer]?.name ?? { en: found.issuer, zh: found.issuer },
      findings: [...issues, ...warnings].map(({ pointer, code, detail, detailZh }) => ({
        pointer,
        code,
        detail,
        detailZh,
      })),
      ...(facts === undefined ? {} : { facts }),
      rule: { table, validFrom, source },
    })
  })

  routes.get('/:type/:number', describe('readCertificate'), reader, async (context) => {
    const [typeCode, number] = [context.req.param('type'), context.req.param('number')]
    const certificate = await readCertificate(database.pool, typeCode, number)
    const scope = scopeOf(context)
    // "Not yours" looks like "not there".
    if (certificate === undefined || (scope !== undefined && certificate.holder !== scope))
      throw new Problem('not-found')
    const [uses, ledger] = await Promise.all([
      usesOfCertificate(database, typeCode, number, limits.certificateUsesShown),
      readEntries(database.pool, certificate, limits.certificateEntriesShown),
    ])
    return context.json({
      ...presentCertificate(issuers, certificate),
      uses: uses.map((use) => presentUse(issuers, use)),
      ledger: ledger.map(presentEntry),
    })
  })
  return routes
}

/** The certificates a declaration uses 申报单所用监管证件. */
export function declarationCertificateRoutes({ database, certificates }: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  const own = ownDeclarations(database)
  routes.get('/:id/certificates', describe('listDeclarationCertificates'), auth('trader', 'admin'), async (context) => {
    const { id } = await own(context)
    const uses = await usesOfDeclaration(database, id)
    return context.json({ data: uses.map((use) => presentUse(certificates.issuers, use)), hasMore: false })
  })
  return routes
}
