import { hash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { type Issue, issue } from '../../schemas/issue.ts'
import type { Auth } from '../auth.ts'
import { mediaTypeOf, readBody } from '../body.ts'
import { keepProposal, readProposal } from '../db/declaration-draft-proposals.ts'
import { createDraft, draftEtag, findDraft } from '../drafts/keep.ts'
import { presentDraft } from '../drafts/present.ts'
import { once } from '../filing/once.ts'
import { limits } from '../limits.ts'
import { Problem, type ProblemCode, shown } from '../problem.ts'
import type { GivenFile } from '../proposal/grid.ts'
import { type Proposal, propose, type RefusedFile } from '../proposal/propose.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf } from './bodies.ts'
import { describe } from './describe.ts'
import { tenantOf } from './owner.ts'
import { readQuery } from './parameters.ts'
import { proposalQuery } from './queries-proposals.ts'

/** Drafts proposed from documents 智能单证申报: a trader's own, as all drafts. */
export function proposalRoutes({ adapters, database, now }: Services, auth: Auth): Hono<Env> {
  const trader = auth('trader')
  const routes = new Hono<Env>()

  routes.post('/proposals', describe('proposeDeclarationDraft'), trader, async (context) => {
    const { dryRun } = readQuery(context, proposalQuery)
    const key = dryRun === 'true' ? undefined : idempotencyKeyOf(context)
    const files = await readFiles(context)
    const proposed = await propose(adapters, files)
    if (!proposed.ok) throw refusalOf(proposed.refused)
    const { title, document, guesses, issues, files: read } = proposed.proposal
    const about = { files: read, issues: shown(issues).errors }
    if (key === undefined)
      return context.json({ ...(title === undefined ? {} : { title }), document, guesses, ...about })
    const tenant = tenantOf(context)
    const at = new Date(now())
    const slot = { tenant, key, bodyHash: `${hashOfFiles(files)} declaration-draft-proposal` }
    const given = await once(database, slot, at, async (client) => {
      const content = { ...(title === undefined ? {} : { title }), document, guesses }
      const { id } = await createDraft(client, { tenant, by: context.get('caller').name, ...content }, at)
      await keepProposal(client, id, JSON.stringify({ ...about, guesses } satisfies Kept))
      return { status: 201, body: { id }, location: `/v1/declaration-drafts/${id}` }
    })
    const { id } = JSON.parse(given.body) as { id: string }
    const draft = await findDraft(database.pool, { id, tenant })
    context.header('Location', given.location ?? '')
    context.header('ETag', draftEtag(draft))
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    return context.json({ ...presentDraft(draft), ...about }, 201)
  })

  routes.get('/:id/proposal', describe('readDraftProposal'), trader, async (context) => {
    const target = { id: context.req.param('id'), tenant: tenantOf(context) }
    const kept = await readProposal(database.pool, target)
    if (kept === undefined) {
      await findDraft(database.pool, target)
      throw new Problem('not-found', {
        detail: { en: 'This draft was not begun from documents', zh: '该草稿不是由单证导入生成' },
      })
    }
    return context.json(JSON.parse(kept) as Kept)
  })
  return routes
}

type Kept = Pick<Proposal, 'files' | 'guesses' | 'issues'>

/** A hash of what was sent, whatever a sender's software put between the parts. */
const hashOfFiles = (files: readonly GivenFile[]): string =>
  hash('sha256', files.map(({ name, bytes }) => `${hash('sha256', bytes)} ${JSON.stringify(name)}`).join('\n'))

/** The files of a form. @throws {Problem} unsupported-media-type, body-too-large, malformed-body, body-invalid */
async function readFiles(context: Context<Env>): Promise<GivenFile[]> {
  if (mediaTypeOf(context) !== 'multipart/form-data')
    throw new Problem('unsupported-media-type', {
      detail: { en: 'Send the files as multipart/form-data', zh: '请以 multipart/form-data 上传文件' },
    })
  const bytes = await readBody(context, limits.proposalBytes)
  let form: FormData
  try {
    const type = context.req.header('content-type') ?? ''
    form = await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { 'content-type': type } }).formData()
  } catch (cause) {
    throw new Problem('malformed-body', { detail: { en: 'Not a form of parts', zh: '不是有效的表单数据' }, cause })
  }
  const issues: Issue[] = []
  const files: GivenFile[] = []
  for (const [part, value] of form) {
    // A form without a choice sends a file of no name and no bytes.
    if (part === 'files' && value === '') continue
    if (part === 'files' && typeof value !== 'string') {
      if (value.name === '' && value.size === 0) continue
      files.push({ name: nameOf(value.name), bytes: new Uint8Array(await value.arrayBuffer()) })
    } else if (part === 'pasted' && typeof value === 'string') {
      if (value.trim() !== '') files.push({ name: 'pasted', bytes: new TextEncoder().encode(value) })
    } else
      issues.push(
        issue(`/${part.slice(0, 40)}`, 'unknown-field', {
          en: 'The parts are “files”, each a file, and “pasted”, a text',
          zh: '表单部分应为“files”（文件）或“pasted”（文本）',
        }),
      )
    if (issues.length > limits.proposalFiles) break
  }
  if (files.length === 0 && issues.length === 0)
    issues.push(issue('/files', 'missing', { en: 'Choose at least one file', zh: '请至少选择一个文件' }))
  if (files.length > limits.proposalFiles)
    issues.push(
      issue('/files', 'too-many', {
        en: `At most ${limits.proposalFiles} files at once`,
        zh: `每次最多${limits.proposalFiles}个文件`,
      }),
    )
  if (issues.length > 0) throw new Problem('body-invalid', { errors: issues })
  return files
}

/** A file's name as it may be shown: without a path, without control characters, not too long. */
const nameOf = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(-limits.proposalFileName) || 'file'

/** All files that cannot be read, each with its reason: nothing of the others was kept either. */
function refusalOf(refused: readonly RefusedFile[]): Problem {
  const codes = new Set(refused.map(({ code }) => code))
  const only = codes.size === 1 ? [...codes][0] : undefined
  const code: ProblemCode =
    only === 'file-too-large'
      ? 'body-too-large'
      : only === 'format-unknown'
        ? 'unsupported-media-type'
        : 'documents-unreadable'
  return new Problem(code, {
    detail: {
      en: 'Nothing was taken over: leave out or mend the files named here, and send all again',
      zh: '未导入任何内容：请移除或修正下列文件后重新上传',
    },
    errors: refused.map(({ name, at, code: why, text }) =>
      issue(`/files/${at}`, why, { en: `${name}: ${text.en}`, zh: `${name}：${text.zh}` }),
    ),
  })
}
