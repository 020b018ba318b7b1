import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { Problem } from '../problem.ts'
import type { Env } from '../services.ts'

const own = fileURLToPath(new URL('assets', import.meta.url))
const types: { readonly [extension: string]: string } = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}
/** What lies elsewhere; everything else is a file in `assets/`. */
const elsewhere: { readonly [name: string]: string } = { 'pico.css': '@picocss/pico/css/pico.min.css' }

interface Asset {
  readonly type: string
  readonly bytes: Buffer
  readonly compressed: Buffer
  readonly version: string
}
const read = new Map<string, Asset>()

/** What pages load: all of it ours, read and compressed once. */
function assetOf(name: string): Asset | undefined {
  const known = read.get(name)
  if (known !== undefined) return known
  const type = types[extname(name)]
  if (type === undefined || !/^[a-z][a-z-]*\.[a-z]+$/.test(name)) return undefined
  const away = Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined
  let bytes: Buffer
  try {
    bytes = readFileSync(away === undefined ? join(own, name) : createRequire(import.meta.url).resolve(away))
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined
    throw error
  }
  const version = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  const asset = { type, bytes, compressed: gzipSync(bytes), version }
  read.set(name, asset)
  return asset
}

/** Where a page finds one. The address changes with the bytes, so that a browser may keep them for good. @throws {Error} for a name that is none */
export function assetPath(name: string): string {
  const asset = assetOf(name)
  if (asset === undefined) throw new Error(`There is no asset ${name}`)
  return `/assets/${name}?v=${asset.version}`
}

export function assetRoutes(): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/:name', (context) => {
    const asset = assetOf(context.req.param('name'))
    if (asset === undefined) throw new Problem('not-found')
    const isPinned = context.req.query('v') === asset.version
    context.header('Content-Type', asset.type)
    context.header('X-Content-Type-Options', 'nosniff')
    context.header('Vary', 'Accept-Encoding')
    context.header('Cache-Control', isPinned ? 'public, max-age=31536000, immutable' : 'no-cache')
    const isCompressed = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '')
    if (isCompressed) context.header('Content-Encoding', 'gzip')
    return context.body(new Uint8Array(isCompressed ? asset.compressed : asset.bytes))
  })
  return routes
}
