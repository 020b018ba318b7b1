import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { z } from 'zod'
import type { messageAnswer } from '../../../schemas/answers.ts'
import { limits } from '../../limits.ts'
import { Problem } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { atPort, scrolling, withQuery } from '../pieces.ts'
import { laidOut, prettyCharacters } from '../pretty.ts'
import { say } from '../words.ts'
import { type DeclarationShown, declarationHead, selfOf } from './head.ts'
import { openPartDesk, type PartDesk } from './part-desk.ts'
import type { PartWord } from './part-words.ts'

type MessageShown = z.infer<typeof messageAnswer>
interface Page {
  readonly data: readonly MessageShown[]
  readonly nextCursor?: string
}

/** Messages 报文 of a declaration: every byte that went out and came in, listed, laid out, and as it was. */
export function messagePages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/declarations/:id/messages', async (context) => {
    const desk = openPartDesk(app, context)
    const self = selfOf(context.req.param('id'))
    const { filing, after } = context.req.query()
    const [read, list] = await Promise.all([
      desk.api.get<DeclarationShown>(self),
      desk.api.get<Page>(withQuery(`${self}/messages`, { filing, after, limit: String(limits.messagesShown) })),
    ])
    if (!read.ok) return desk.refuse(read)
    if (!list.ok) return desk.refuse(list)
    const { t } = desk
    const { id, functionalReferenceId } = read.body
    const path = `/declarations/${id}/messages`
    return desk.show(
      { title: `${t('messagesOf')} · ${functionalReferenceId}` },
      html`${declarationHead(desk.trader, read.body, 'messages')}<p class="note">${t('messagesWhy')}</p>
${filing === undefined ? '' : html`<p class="on-screen"><a href="${path}">${t('all')}</a></p>`}
${list.body.data.length === 0 ? html`<p class="notice">${t('noMessages')}</p>` : table(desk, read.body, list.body.data)}
${list.body.nextCursor === undefined ? '' : html`<nav class="paging on-screen" aria-label="${desk.trader.t('messages')}"><a rel="next" href="${withQuery(path, { filing, after: list.body.nextCursor })}">${t('next')} ${icon('arrow-right')}</a></nav>`}`,
    )
  })

  pages.get('/declarations/:id/messages/:messageId', async (context) => {
    const desk = openPartDesk(app, context)
    const { id, messageId } = context.req.param()
    const [read, found] = await Promise.all([
      desk.api.get<DeclarationShown>(selfOf(id)),
      messageOf(desk, id, messageId),
    ])
    if (!read.ok) return desk.refuse(read)
    const isRaw = context.req.query('form') === 'raw'
    return desk.show(
      { title: `${found.kind} ${found.id} · ${read.body.functionalReferenceId}` },
      html`${declarationHead(desk.trader, read.body, 'messages')}${messageBox(desk, read.body, found, isRaw)}`,
    )
  })

  pages.get('/declarations/:id/messages/:messageId/download', async (context) => {
    const desk = openPartDesk(app, context)
    const { id, messageId } = context.req.param()
    const found = await messageOf(desk, id, messageId)
    const ending = /xml/.test(found.contentType ?? '') ? 'xml' : /json/.test(found.contentType ?? '') ? 'json' : 'txt'
    context.header('Content-Type', 'text/plain; charset=utf-8')
    context.header('Content-Disposition', `attachment; filename="message-${found.id}.${ending}"`)
    context.header('Cache-Control', 'private, no-store')
    return context.body(found.body ?? '')
  })
}

/** One message of a declaration. @throws {Problem} not-found */
async function messageOf({ api }: PartDesk, id: string, messageId: string): Promise<MessageShown> {
  const wanted = Number(messageId)
  if (!/^\d{1,15}$/.test(messageId) || wanted < 1) throw new Problem('not-found')
  const list = await api.get<Page>(withQuery(`${selfOf(id)}/messages`, { after: String(wanted - 1), limit: '1' }))
  const found = list.ok ? list.body.data[0] : undefined
  if (!list.ok && list.status === 401) throw new Problem('unauthenticated')
  if (found?.id !== wanted) throw new Problem('not-found')
  return found
}

const kinds: readonly string[] = ['submission', 'answer', 'inquiry', 'push', 'document'] satisfies PartWord[]
const kindName = ({ t }: PartDesk, kind: string): string => (kinds.includes(kind) ? t(kind as PartWord) : kind)

const whoOf = ({ language }: PartDesk, { filings }: DeclarationShown, { filingId, agency }: MessageShown): string => {
  const filing = filings.find(({ id }) => id === filingId) ?? filings.find((one) => one.agency === agency)
  if (filing === undefined) return agency
  const name = say(language, filing.agencyName)
  return filing.id === filingId ? `${name} · ${say(language, filing.procedureName)}` : name
}

function table(desk: PartDesk, declaration: DeclarationShown, messages: readonly MessageShown[]): Html {
  const { t } = desk
  const heads = [t('when'), t('kind'), desk.trader.t('agency'), t('details')]
  return scrolling(
    t('messagesOf'),
    html`<table class="stack"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${messages.map(
      (
        one,
      ) => html`<tr><th scope="row"><a href="/declarations/${declaration.id}/messages/${one.id}"><time datetime="${one.at}">${atPort(one.at)}</time></a></th>
<td data-label="${t('kind')}"><span class="standing ${one.direction === 'out' ? 'moving' : 'rest'}">${icon(one.direction === 'out' ? 'arrow-up-tray' : 'arrow-down-tray')} <span>${t(one.direction)} · ${kindName(desk, one.kind)}</span></span></td>
<td data-label="${desk.trader.t('agency')}">${whoOf(desk, declaration, one)}${one.attempt === undefined || one.attempt === 1 ? '' : ` (${one.attempt})`}</td>
<td data-label="${t('details')}">${sizeOf(desk, one)}</td></tr>`,
    )}</tbody></table>`,
  )
}

function sizeOf({ language }: PartDesk, { status, body, error, withheld }: MessageShown): Html {
  const size = body === undefined ? '' : `${(Buffer.byteLength(body) / 1_024).toFixed(1)} KiB`
  return html`${[status === undefined ? '' : `HTTP ${status}`, size].filter(Boolean).join(' · ')}${withheld === undefined ? '' : say(language, withheld)}${error === undefined ? '' : html` <span class="wrong">${error}</span>`}`
}

function messageBox(desk: PartDesk, declaration: DeclarationShown, found: MessageShown, isRaw: boolean): Html {
  const { t, language } = desk
  const { id, body, method, path, status, contentType, error, withheld } = found
  const here = `/declarations/${declaration.id}/messages/${id}`
  const address = [method, path].filter(Boolean).join(' ')
  return html`<div class="heading"><h2>${t(found.direction)}: ${kindName(desk, found.kind)} · ${whoOf(desk, declaration, found)}</h2></div>
<p class="note"><time datetime="${found.at}">${atPort(found.at)}</time>${address === '' ? '' : html` · <code>${address}</code>`}${status === undefined ? '' : ` · HTTP ${status}`}${contentType === undefined ? '' : html` · <code>${contentType}</code>`}</p>
${error === undefined ? '' : html`<p class="wrong">${error}</p>`}${withheld === undefined ? '' : html`<p class="notice">${say(language, withheld)}</p>`}
${
  body === undefined
    ? withheld === undefined
      ? html`<p class="notice">${t('empty')}</p>`
      : ''
    : html`<ul class="tags on-screen"><li><a href="${here}"${isRaw ? '' : html` aria-current="true"`}>${t('pretty')}</a></li><li><a href="${here}?form=raw"${isRaw ? html` aria-current="true"` : ''}>${t('raw')}</a></li><li><a href="${here}/download">${icon('arrow-down-tray')} ${t('download')}</a></li></ul>
${body.length > prettyCharacters ? html`<p class="notice">${t('tooLong')}</p>` : ''}${scrolling(
  t('messagesOf'),
  isRaw ? html`<pre class="message"><code>${body.slice(0, prettyCharacters)}</code></pre>` : laidOut(body),
)}`
}`
}
