import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { generateSpecs } from 'hono-openapi'
import { Problem } from '../problem.ts'
import type { Env } from '../services.ts'

const assets: { readonly [name: string]: string } = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
}

/** The OpenAPI 3.1 description and a readable reference. */
export function descriptionRoutes(api: Hono<Env>): Hono<Env> {
  const routes = new Hono<Env>()
  let specification: Promise<unknown> | undefined
  routes.get('/openapi.json', async (context) => {
    specification ??= generateSpecs(api, {
      // A path with a dot is an operation too: /v1/fee-editions/feed.atom.
      excludeStaticFile: false,
      documentation: {
        openapi: '3.1.0',
        info: {
          title: '渝窗 Yuchuang: International Trade Single Window',
          version: '1',
          description:
            'One declaration, every agency. Errors are RFC 9457 problem documents with a pointer for each issue, in English and Chinese.',
        },
        components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
        security: [{ key: [] }],
      },
    })
    return context.json((await specification) as object)
  })
  routes.get('/docs', (context) =>
    context.html(html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>渝窗 Yuchuang API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="reference"></div><script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script></body></html>`),
  )
  routes.get('/docs/start.js', (context) => {
    context.header('Content-Type', 'text/javascript')
    return context.body(
      "SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, docExpansion: 'list', defaultModelsExpandDepth: 0 })",
    )
  })
  routes.get('/docs/:asset', async (context) => {
    const name = context.req.param('asset')
    const type = Object.hasOwn(assets, name) ? assets[name] : undefined
    if (type === undefined) throw new Problem('not-found')
    const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
    context.header('Content-Type', type)
    context.header('Cache-Control', 'public, max-age=86400')
    return context.body(await readFile(join(folder, name)))
  })
  return routes
}
