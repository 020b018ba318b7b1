import { Client } from 'undici'
import { feeCatalogueSeeds } from '../../seeds/fees.ts'
import { makeKey } from '../../src/db/keys.ts'
import { publishSeed } from '../../src/fees/publish.ts'
import { createVault } from '../../src/notices/vault.ts'
import type { Cluster, Ground } from '../cluster.ts'
import { median, nowMs } from '../measure.ts'
import { startServer } from '../processes.ts'
import type { Row } from '../report.ts'
import { storedGround } from '../stored.ts'

export interface PagesOptions {
  readonly stored: number
  /** How often each page is asked for. */
  readonly times: number
}

/** What a page may take from request to answer, at the median; and what its first view may weigh, with all it loads. */
const pageMostMs = 30
const firstViewMostKb = 150
const bytesOfKb = 1_000

/** A page, as its visitors ask for it. */
interface Page {
  readonly name: string
  readonly cookie: string
  /** Its path, the time it is asked for: a declaration is another each time. */
  path(time: number): string
}

/**
 * (n) Pages of the window with many declarations stored: the time from request to answer on a connection of its own, one after another, and the bytes of
 * a first view, compressed as a browser asks for them: the page and every style, script and picture of ours that it names.
 */
export async function measurePages(cluster: Cluster, { stored, times }: PagesOptions): Promise<Row[]> {
  const { ground, ids } = await storedGround(cluster, stored)
  const vault = createVault([])
  for (const seed of feeCatalogueSeeds()) await publishSeed(ground.database, vault, seed)
  const server = await startServer('src/main.ts', ['gateway'], ground.env)
  const client = new Client(server.url)
  try {
    const rows: Row[] = []
    const views: { readonly name: string; readonly bytes: number }[] = []
    for (const page of await pagesOf(client, server.url, ground, ids)) {
      const tookMs: number[] = []
      let before: number | undefined
      for (let time = -warmUps; time < times; time++) {
        if (time === 0) before = server.cpuMs()
        const start = nowMs()
        await get(client, page.path(time + warmUps), page.cookie)
        if (time >= 0) tookMs.push(nowMs() - start)
      }
      const after = server.cpuMs()
      const cpu = before === undefined || after === undefined ? {} : { cpuMsEach: (after - before) / times }
      views.push({ name: page.name, bytes: await firstView(client, page) })
      rows.push({
        id: `n ${page.name}`,
        what: `the page ${page
          .path(0)
          .replace(ids[0] ?? ' ', '{id}')
          .replace(
            /drafts\/\w+/,
            'drafts/{id}',
          )} with ${stored} declarations stored, from request to answer, median of ${times}`,
        ours: { value: median(tookMs), unit: 'ms', all: tookMs, ...cpu },
        limit: pageMostMs,
      })
    }
    const [heaviest] = views.toSorted((a, b) => b.bytes - a.bytes)
    if (heaviest === undefined) throw new Error('There are no pages')
    rows.push({
      id: 'n bytes',
      what: `first view of the heaviest of these pages (${heaviest.name}) with all it loads, compressed`,
      ours: { value: heaviest.bytes / bytesOfKb, unit: 'KB' },
      limit: firstViewMostKb,
    })
    return rows
  } finally {
    await client.close()
    await server.stop()
  }
}

/** Asked for before anything is counted: code is compiled, answers that may be kept are kept. */
const warmUps = 10

async function pagesOf(
  client: Client,
  url: string,
  { database, key }: Ground,
  ids: readonly string[],
): Promise<Page[]> {
  const admin = await makeKey(database, { name: 'bench admin', role: 'admin' })
  const [trader, operator] = [await signIn(client, url, key), await signIn(client, url, admin)]
  const draft = await draftOf(client, key)
  const always = (name: string, path: string, cookie = ''): Page => ({ name, cookie, path: () => path })
  return [
    always('front', '/'),
    always('board', '/declarations', trader),
    { name: 'declaration', cookie: trader, path: (time) => `/declarations/${ids[(time * 7_919) % ids.length] ?? ''}` },
    always('draft', `/drafts/${draft}/basics`, trader),
    always('fees', '/fees'),
    always('operations', '/operations', operator),
  ]
}

/** The cookie of a session. */
async function signIn(client: Client, url: string, key: string): Promise<string> {
  const { statusCode, headers, body } = await client.request({
    method: 'POST',
    path: '/sign-in',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url },
    body: new URLSearchParams({ key }).toString(),
  })
  await body.dump()
  const [cookie] = String(headers['set-cookie']).split(';')
  if (statusCode !== 303 || cookie === undefined) throw new Error(`Signing in was answered ${statusCode}`)
  return cookie
}

/** A draft of a declaration, filled in. */
async function draftOf(client: Client, key: string): Promise<string> {
  const { statusCode, body } = await client.request({
    method: 'POST',
    path: '/v1/declaration-drafts',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': 'pages' },
    body: JSON.stringify({ sample: 'laptops' }),
  })
  const text = await body.text()
  if (statusCode !== 201) throw new Error(`A draft was answered ${statusCode}: ${text}`)
  return (JSON.parse(text) as { id: string }).id
}

/** The bytes of an answer as they came. @throws {Error} when it is none */
async function get(client: Client, path: string, cookie: string): Promise<{ bytes: Uint8Array; isGzip: boolean }> {
  const { statusCode, headers, body } = await client.request({
    method: 'GET',
    path,
    headers: { accept: 'text/html', 'accept-encoding': 'gzip', 'accept-language': 'zh-CN', cookie },
  })
  const bytes = new Uint8Array(await body.arrayBuffer())
  if (statusCode !== 200) throw new Error(`${path} was answered ${statusCode}`)
  return { bytes, isGzip: headers['content-encoding'] === 'gzip' }
}

/** Bytes on the wire until a page is whole, for who never was here. */
async function firstView(client: Client, { path, cookie }: Page): Promise<number> {
  const { bytes, isGzip } = await get(client, path(0), cookie)
  const { gunzipSync } = await import('node:zlib')
  const html = (isGzip ? gunzipSync(bytes) : Buffer.from(bytes)).toString()
  const loaded = new Set(
    [...html.matchAll(/<(?:link|script|img)[^>]* (?:href|src)="(\/[^"]*)"/g)].map(([, one = '']) => one),
  )
  let all = bytes.length
  for (const one of loaded) if (!one.startsWith('/v1/')) all += (await get(client, one, cookie)).bytes.length
  return all
}
