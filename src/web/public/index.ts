import type { Hono } from 'hono'
import type { Env, Services } from '../../services.ts'

/** What anybody sees 公开页面: the front page, a sample to try, the open draw, code lists. */
export function publicPages(_pages: Hono<Env>, _app: Hono<Env>, _services: Services): void {}
