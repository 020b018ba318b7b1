import type { Hono } from 'hono'
import type { Env, Services } from '../../services.ts'

/** The pages of whoever runs the window 运维. */
export function operationsPages(_pages: Hono<Env>, _app: Hono<Env>, _services: Services): void {}
