import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { problems } from '../../src/problem.ts'
import { pageRoots } from '../../src/web/places.ts'
import { evBatteries, openWorld } from '../support/world.ts'
import { changed, freshKey, problemOf } from './support.ts'

interface Media {
  schema?: object
}
interface Operation {
  operationId: string
  summary: string
  tags: string[]
  security?: unknown[]
  parameters?: { in: string; name: string; required?: boolean; schema: object }[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, { description: string; content?: Record<string, Media> }>
}
interface Description {
  openapi: string
  info: { title: string; version: string }
  security: Record<string, unknown[]>[]
  components: { securitySchemes: Record<string, object>; schemas?: Record<string, object> }
  paths: Record<string, Record<string, Operation>>
}

const world = await openWorld()
const get = (path: string) => world.call('GET', path, { key: '' })
let description: Description
let operations: { method: string; path: string; operation: Operation }[] = []
beforeAll(async () => {
  description = (await (await get('/openapi.json')).json()) as Description
  operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  )
})

/** Pages for people, not operations of the API. */
const pages = new Set(['/openapi.json', '/docs', '/docs/start.js', '/docs/{asset}', '/problems/{code}', '/'])
const roots = new RegExp(String.raw`^/(assets|${pageRoots.join('|')})(/|$)`)
const isPage = (path: string) => pages.has(path) || roots.test(path)

describe('the OpenAPI description', () => {
  test('is version 3.1, with what it must have', () => {
    expect(description.openapi).toMatch(/^3\.1\.\d+$/)
    expect(description.info).toMatchObject({
      title: expect.any(String) as string,
      version: expect.any(String) as string,
    })
    for (const requirement of description.security)
      for (const name of Object.keys(requirement)) expect(description.components.securitySchemes).toHaveProperty(name)
  })

  test('describes every route there is, and none that is not', () => {
    const routed = world.app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
      .filter((route) => !isPage(route.split(' ')[1] ?? ''))
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    expect(described.sort()).toEqual([...new Set(routed)].sort())
  })

  test('names each operation once, with a summary and a tag', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { operation } of operations) {
      expect(operation.summary).not.toBe('')
      expect(operation.tags).toHaveLength(1)
    }
  })

  test('has exactly the parameters each path names, and no parameter twice', () => {
    for (const { path, operation } of operations) {
      const parameters = operation.parameters ?? []
      const inPath = parameters.filter((parameter) => parameter.in === 'path')
      expect(inPath.map(({ name }) => `{${name}}`).sort()).toEqual((path.match(/\{\w+\}/g) ?? []).sort())
      for (const { required } of inPath) expect(required).toBe(true)
      const names = parameters.map((parameter) => `${parameter.in} ${parameter.name.toLowerCase()}`)
      expect(new Set(names).size).toBe(names.length)
    }
  })

  test('gives each answer a description, and each problem the problem document', () => {
    for (const { path, operation } of operations) {
      const statuses = Object.keys(operation.responses)
      expect([path, statuses.some((status) => /^2\d\d$/.test(status))]).toEqual([path, true])
      for (const [status, { description: said, content }] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^[2-5]\d\d$/)
        expect(said).not.toBe('')
        const problem = content?.['application/problem+json']
        expect(JSON.stringify(problem ?? 'requestId')).toContain('requestId')
      }
    }
  })

  test('holds only schemas that are schemas, and references that lead somewhere', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, reference = '']) => reference,
    )
    for (const reference of references) {
      let at: unknown = description
      for (const segment of reference.replace(/^#\//, '').split('/')) at = (at as Record<string, unknown>)[segment]
      expect([reference, typeof at]).toEqual([reference, 'object'])
    }
    const schemas = operations.flatMap(({ operation }) => [
      ...(operation.parameters ?? []).map(({ schema }) => schema),
      ...[operation.requestBody, ...Object.values(operation.responses)].flatMap((part) =>
        Object.values(part?.content ?? {}).flatMap(({ schema }) => schema ?? []),
      ),
    ])
    expect(schemas.length).toBeGreaterThan(30)
    for (const schema of schemas) expect(ajv.validateSchema(schema)).toBe(true)
  })

  test('tells who needs a key', () => {
    const open = operations.filter(({ operation }) => operation.security?.length === 0).map(({ path }) => path)
    for (const { path } of operations)
      expect([path, open.includes(path)]).toEqual([
        path,
        !/^\/v1\/(assistance|board|certificates|conformance-runs|credit\/\{firm\}|declaration-drafts|declarations|draws\/\{agency\}\/(officers|\{day\}\/(selections|results))|events|fee-assessments\/\{id\}\/(computations|publication|findings\/\{number\}\/)|fee-bill-checks|fee-complaints|fee-drafts|fee-editions\/\{number\}\/(comments\/|withdrawals)|fee-imports(?!\/template)|keys|movements|operations|recognitions(?!\/savings)|shared|simulator(?!\/outcomes)|statistics\/(recounts|running)|waybills|webhook-endpoints)/.test(
          path,
        ),
      ])
  })

  test('of the declaration carries Chinese names and the agencies that use a field', () => {
    const schema = JSON.stringify(
      operations.find(({ operation }) => operation.operationId === 'acceptDeclaration')?.operation.requestBody,
    )
    expect(schema).toContain('"x-zh":"商品编号"')
    expect(schema).toContain('"x-agencies":["customs"')
  })

  test('holds for what is really answered', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    const accepts = (operationId: string, status: number, type: string, value: unknown) => {
      const schema = operations.find(({ operation }) => operation.operationId === operationId)?.operation.responses[
        String(status)
      ]?.content?.[type]?.schema
      if (schema === undefined) throw new Error(`${operationId} does not describe ${status} ${type}`)
      const validate = ajv.compile({ ...schema, components: description.components })
      if (!validate(value)) throw new Error(`${operationId} ${status}: ${ajv.errorsText(validate.errors)}`)
    }
    const request =
      operations.find(({ operation }) => operation.operationId === 'acceptDeclaration')?.operation.requestBody?.content[
        'application/json'
      ]?.schema ?? {}
    expect(ajv.compile(request)(evBatteries())).toBe(true)
    const accepted = await world.post(evBatteries())
    accepts('acceptDeclaration', 202, 'application/json', accepted.body)
    accepts(
      'acceptDeclaration',
      200,
      'application/json',
      await (await world.call('POST', '/v1/declarations?dryRun=true', { body: evBatteries() })).json(),
    )
    const wrong = await world.call('POST', '/v1/declarations', {
      body: changed(evBatteries(), 'direction', 'up'),
      headers: freshKey(),
    })
    accepts('acceptDeclaration', 422, 'application/problem+json', await problemOf(wrong, 'declaration-invalid'))
    const path = `/v1/declarations/${accepted.body.id}`
    for (const [operationId, where] of [
      ['readDeclaration', ''],
      ['listMessages', '/messages'],
      ['listEvents', '/events'],
      ['readFiling', `/filings/${accepted.body.filings[0]?.id}`],
      ['readDocument', '/document'],
    ] as const)
      accepts(operationId, 200, 'application/json', await (await world.call('GET', `${path}${where}`)).json())
    accepts('listDeclarations', 200, 'application/json', await (await world.call('GET', '/v1/declarations')).json())
    accepts(
      'readDeclaration',
      404,
      'application/problem+json',
      await problemOf(await world.call('GET', '/v1/declarations/x'), 'not-found'),
    )
  })
})

describe('pages', () => {
  test('every kind of problem has one, in both languages', async () => {
    for (const [code, kind] of Object.entries(problems)) {
      const response = await get(`/problems/${code}`)
      expect(response.headers.get('content-type')).toMatch(/^text\/html/)
      const page = await response.text()
      for (const said of [code, String(kind.status), kind.zh]) expect(page).toContain(said)
    }
  })
  test('the reference loads only what this server has', async () => {
    const page = await (await get('/docs')).text()
    for (const [, link = ''] of page.matchAll(/(?:href|src)="([^"]+)"/g)) {
      expect(link).toMatch(/^\/docs\//)
      expect((await get(link)).status).toBe(200)
    }
  })
  test('the front page leads to what there is', async () => {
    const page = await (await get('/')).text()
    for (const [, link = ''] of page.matchAll(/href="([^"]+)"/g)) {
      const { status, headers } = await get(link)
      // Work that needs a key begins with signing in, and goes on where it was wanted.
      const wanted = status === 303 ? `/sign-in?next=${encodeURIComponent(link)}` : null
      expect([link, status === 303 ? 200 : status, headers.get('location')]).toEqual([link, 200, wanted])
    }
  })
  test.each([
    '/problems/nothing',
    '/problems/constructor',
    '/docs/nothing',
    '/docs/__proto__',
    '/docs/constructor',
    '/docs/..%2fpackage.json',
    '/docs/package.json',
  ])('404: %s', async (path) => {
    expect(await problemOf(await get(path), 'not-found')).toHaveProperty('status', 404)
  })
})
