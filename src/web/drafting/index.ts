import type { Hono } from 'hono'
import type { Env, Services } from '../../services.ts'

/** Drawing up a declaration 申报草稿: step by step, or from documents that are dropped. */
export function draftingPages(_pages: Hono<Env>, _app: Hono<Env>, _services: Services): void {}
