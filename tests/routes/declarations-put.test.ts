import { describe, expect, test } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { filingOf, type SeenFiling } from '../support/world.ts'
import { changed, issuesIn, keepingNothing, problemOf, smallSample, smallWorld } from './support.ts'

const world = await smallWorld()
const put = (path: string, body: unknown, headers: Record<string, string>, key?: string, contentType?: string) =>
  world.call('PUT', path, { body, headers, key, ...(contentType === undefined ? {} : { contentType }) })

/** A declaration customs has refused, at rest. */
async function refused(): Promise<{ id: string; path: string; etag: string; declaration: Declaration }> {
  const declaration = smallSample('-C.REFUSE')
  const { body } = await world.post(declaration)
  await world.idle()
  const path = `/v1/declarations/${body.id}`
  return { id: body.id, path, etag: (await world.call('GET', path)).headers.get('etag') ?? '', declaration }
}

/** A declaration without one filing's particulars, that filing waiting for them. */
async function waiting(
  agency: string,
  procedure: string,
): Promise<{ path: string; filing: SeenFiling; particulars: unknown }> {
  const declaration = smallSample()
  const particulars = declaration.particulars?.[agency]?.[procedure]
  const { body } = await world.post(changed(declaration, `particulars.${agency}.${procedure}`, undefined))
  await world.idle()
  const filing = filingOf(await world.read(body.id), agency, procedure)
  return { path: `/v1/declarations/${body.id}/filings/${filing.id}/particulars`, filing, particulars }
}

/** Made when it is first needed, then shared by the tests that change nothing. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

describe('a correction', () => {
  const shared = once(refused)
  test('200: the refused filing starts its next attempt, version and tag move on', async () => {
    const { id, path, etag, declaration } = await refused()
    const response = await put(path, changed(declaration, 'goodsShipment.items.0.brand', 'CORRECTED'), {
      'if-match': etag,
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('etag')).not.toBe(etag)
    expect(await response.json()).toMatchObject({ version: 2 })
    expect(filingOf(await world.read(id), 'customs', 'declare').attempt).toBe(2)
    // The same correction under the tag it has used up.
    expect(await problemOf(await put(path, declaration, { 'if-match': etag }), 'if-match-stale')).toHaveProperty(
      'status',
      412,
    )
  })

  test('428 without If-Match, 412 with another: nothing changes', async () => {
    const { path, etag, declaration } = await refused()
    await keepingNothing(world, async () => {
      await problemOf(await put(path, declaration, {}), 'if-match-missing')
      for (const stale of ['"stale"', '', etag.replaceAll('"', ''), `W/${etag}`]) {
        const response = await put(path, declaration, { 'if-match': stale })
        expect(response.headers.get('etag')).toBe(etag)
        await problemOf(response, 'if-match-stale')
      }
    })
  })

  test('of two at once one wins, the other is told', async () => {
    const { path, etag, declaration } = await refused()
    const answers = await Promise.all(
      ['A', 'B'].map((brand) =>
        put(path, changed(declaration, 'goodsShipment.items.0.brand', brand), { 'if-match': etag }),
      ),
    )
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 412])
  })

  test('422 with all issues: nothing changes, the old version stands', async () => {
    const { path, etag, declaration } = await refused()
    let wrong = changed(declaration, 'goodsShipment.totalNetMassKg', '99999')
    wrong = changed(wrong, 'functionalReferenceId', 'ANOTHER')
    const document = await keepingNothing(world, async () =>
      problemOf(await put(path, wrong, { 'if-match': etag }), 'declaration-invalid'),
    )
    expect(issuesIn(document)).toEqual(
      expect.arrayContaining([
        '/functionalReferenceId reference-fixed',
        '/goodsShipment/totalNetMassKg net-above-gross',
      ]),
    )
    expect((await world.call('GET', path)).headers.get('etag')).toBe(etag)
  })

  test('409 when it would change what an agency already holds, naming that agency', async () => {
    const { body } = await world.post(smallSample())
    await world.idle()
    const path = `/v1/declarations/${body.id}`
    const current = (await (await world.call('GET', `${path}/document`)).json()) as Declaration
    const document = await problemOf(
      await put(path, changed(current, 'goodsShipment.items.0.name', '另一种电池'), { 'if-match': '*' }),
      'amendment-needed',
    )
    expect(document.errors?.map(({ agency }) => agency)).toContain('customs')
  })

  test.each([
    ['malformed JSON', '{', 'application/json', 'malformed-body', 400],
    ['no JSON at all', '', 'application/json', 'malformed-body', 400],
    ['a key twice', '{"a":1,"a":2}', 'application/json', 'malformed-body', 400],
    ['malformed XML', '<DecMessage>', 'application/xml', 'malformed-body', 400],
    ['another format', 'a,b', 'text/csv', 'unsupported-media-type', 415],
    ['2 MiB', 'x'.repeat(2 << 20), 'application/json', 'body-too-large', 413],
    ['null', 'null', 'application/json', 'declaration-invalid', 422],
  ] as const)('%s', async (_, body, type, code, status) => {
    const { path, etag } = await shared()
    const refuse = async () => problemOf(await put(path, body, { 'if-match': etag }, undefined, type), code)
    expect(await keepingNothing(world, refuse)).toHaveProperty('status', status)
  })

  test('404 for somebody else’s, 403 for whoever hands nothing in', async () => {
    const { path, etag, declaration } = await shared()
    expect(
      await problemOf(await put(path, declaration, { 'if-match': etag }, world.keys.stranger), 'not-found'),
    ).toHaveProperty('status', 404)
    expect(
      await problemOf(
        await put('/v1/declarations/00000000000000000000', declaration, { 'if-match': etag }),
        'not-found',
      ),
    ).toHaveProperty('status', 404)
    expect(
      await problemOf(await put(path, declaration, { 'if-match': etag }, world.keys.admin), 'forbidden'),
    ).toHaveProperty('status', 403)
  })
})

describe('particulars', () => {
  const shared = once(() => waiting('border', 'departure'))
  test('200: brought, the filing goes on', async () => {
    const { path, filing, particulars } = await waiting('border', 'departure')
    expect(filing.status).toBe('awaiting-particulars')
    expect(filing.needs?.length).toBeGreaterThan(0)
    const response = await put(path, particulars, { 'if-match': filing.etag })
    expect(response.status).toBe(200)
    const after = (await response.json()) as SeenFiling
    expect(after.status).not.toBe('awaiting-particulars')
    expect(response.headers.get('etag')).toBe(after.etag)
    expect(after.etag).not.toBe(filing.etag)
  })

  test('422 with every issue at its place below the particulars, and the agency that asks', async () => {
    const { path, filing, particulars } = await waiting('border', 'departure')
    let wrong = changed(particulars, 'crew.0.dateOfBirth', 'yesterday')
    wrong = changed(wrong, 'crew.1.colour', 'red')
    const document = await keepingNothing(world, async () =>
      problemOf(await put(path, wrong, { 'if-match': filing.etag }), 'particulars-invalid'),
    )
    expect(document.errors?.map(({ agency }) => agency)).toEqual(['border', 'border'])
    expect(issuesIn(document).map((found) => found.split(' ')[0])).toEqual([
      '/particulars/border/departure/crew/0/dateOfBirth',
      '/particulars/border/departure/crew/1/colour',
    ])
  })

  test('409 once they went out', async () => {
    const { body } = await world.post(smallSample())
    await world.idle()
    const filing = filingOf(await world.read(body.id), 'customs', 'declare')
    expect(
      await problemOf(
        await put(`/v1/declarations/${body.id}/filings/${filing.id}/particulars`, {}, { 'if-match': filing.etag }),
        'not-changeable',
      ),
    ).toHaveProperty('status', 409)
  })

  test.each([
    ['malformed JSON', '{', undefined, 'malformed-body', 400],
    ['a key twice', '{"a":1,"a":2}', undefined, 'malformed-body', 400],
    ['an unpaired surrogate', '{"callSign":"\\ud800"}', undefined, 'malformed-body', 400],
    ['XML', '<a/>', 'application/xml', 'unsupported-media-type', 415],
    ['null', 'null', undefined, 'particulars-invalid', 422],
    ['a list', '[]', undefined, 'particulars-invalid', 422],
    ['text', '"x"', undefined, 'particulars-invalid', 422],
  ] as const)('%s', async (_, body, type, code, status) => {
    const { path, filing } = await shared()
    const refuse = async () => problemOf(await put(path, body, { 'if-match': filing.etag }, undefined, type), code)
    expect(await keepingNothing(world, refuse)).toHaveProperty('status', status)
  })

  test('428, 412, 404, 403: nothing changes', async () => {
    const { path, filing, particulars } = await shared()
    const nowhere = path.replace(filing.id, '00000000000000000000')
    const current = { 'if-match': filing.etag }
    const refusals = await keepingNothing(world, async () => [
      await problemOf(await put(path, particulars, {}), 'if-match-missing'),
      await problemOf(await put(path, particulars, { 'if-match': '"stale"' }), 'if-match-stale'),
      await problemOf(await put(path, particulars, current, world.keys.stranger), 'not-found'),
      await problemOf(await put(nowhere, particulars, current), 'not-found'),
      await problemOf(await put(path, particulars, current, world.keys.admin), 'forbidden'),
    ])
    expect(refusals.map(({ status }) => status)).toEqual([428, 412, 404, 404, 403])
  })
})
