import type { Context } from 'hono'
import type { Database } from '../db/database.ts'
import { type DeclarationView, hasDeclaration, readDeclarationView } from '../db/views.ts'
import { Problem } from '../problem.ts'
import type { Env } from '../services.ts'

/** Reads the declaration a path names, where the caller may see it. @throws {Problem} not-found, also for somebody else's */
export const ownDeclarations =
  (database: Database) =>
  async (context: Context<Env>): Promise<DeclarationView> => {
    const view = await readDeclarationView(database, context.req.param('id') ?? '', scopeOf(context))
    if (view === undefined) throw new Problem('not-found')
    return view
  }

/** The id a path names, where the caller may see that declaration. @throws {Problem} not-found, also for somebody else's */
export const ownId =
  (database: Database) =>
  async (context: Context<Env>): Promise<string> => {
    const id = context.req.param('id') ?? ''
    if (!(await hasDeclaration(database, id, scopeOf(context)))) throw new Problem('not-found')
    return id
  }

/** Which tenant's declarations a caller sees: a trader its own, an operator all. */
export const scopeOf = (context: Context<Env>): string | undefined => {
  const { role, tenant } = context.get('caller')
  return role === 'admin' ? undefined : (tenant ?? '')
}

/** The firm a trader's key belongs to. */
export function tenantOf(context: Context<Env>): string {
  const { tenant } = context.get('caller')
  if (tenant === undefined)
    throw new Problem('forbidden', { detail: { en: 'This key belongs to no firm', zh: '该密钥不属于任何企业' } })
  return tenant
}

/** The agency a key belongs to. */
export function agencyOf(context: Context<Env>): string {
  const { agency } = context.get('caller')
  if (agency === undefined)
    throw new Problem('forbidden', { detail: { en: 'This key belongs to no agency', zh: '该密钥不属于任何机构' } })
  return agency
}
