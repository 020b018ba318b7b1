import type { Hono } from 'hono'
import type { Env, Services } from '../../services.ts'
import { conformancePages } from './conformance/index.ts'
import { keyPages } from './keys/index.ts'
import { simulatorPages } from './simulator/index.ts'
import { webhookPages } from './webhooks/index.ts'

/** The pages of whoever connects software 对接方: the simulator, webhooks, keys, conformance. */
export function integratorPages(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  simulatorPages(pages, app, services)
  webhookPages(pages, app)
  keyPages(pages, app, services)
  conformancePages(pages, app, services)
}
