import type { Hono } from 'hono'
import type { Env, Services } from '../../services.ts'

/** The pages of whoever connects software 对接方: the simulator, webhooks, keys, conformance. */
export function integratorPages(_pages: Hono<Env>, _app: Hono<Env>, _services: Services): void {}
