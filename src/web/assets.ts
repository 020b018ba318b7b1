import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { Problem } from '../problem.ts'
import type { Env } from '../services.ts'

const own = fileURLToPath(new URL('assets', import.meta.url))
const files: { readonly [name: string]: { readonly type: string; path(): string } } = {
  'pico.css': {
    type: 'text/css; charset=utf-8',
    path: () => createRequire(import.meta.url).resolve('@picocss/pico/css/pico.min.css'),
  },
  'yuchuang.css': { type: 'text/css; charset=utf-8', path: () => join(own, 'yuchuang.css') },
  'icon.svg': { type: 'image/svg+xml', path: () => join(own, 'icon.svg') },
}

/** What pages load: all of it ours, read once. */
export function assetRoutes(): Hono<Env> {
  const routes = new Hono<Env>()
  const read = new Map<string, Promise<Buffer>>()
  routes.get('/:name', async (context) => {
    const name = context.req.param('name')
    const file = Object.hasOwn(files, name) ? files[name] : undefined
    if (file === undefined) throw new Problem('not-found')
    let bytes = read.get(name)
    if (bytes === undefined) read.set(name, (bytes = readFile(file.path())))
    context.header('Content-Type', file.type)
    context.header('Cache-Control', 'public, max-age=3600')
    return context.body(new Uint8Array(await bytes))
  })
  return routes
}
