import { html } from 'hono/html'
import { problemOver, type Refused } from '../../desk.ts'
import { given, unseen } from '../../form.ts'
import { icon } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { atPort, fact } from '../../pieces.ts'
import { colon } from '../../words.ts'
import { copyButton } from '../keys/secret.ts'
import { againForm, type Deliveries, deliveriesBox, type Filters } from './deliveries.ts'
import { type Desk, endpointTag, hookPath, wantedTypes } from './list.ts'
import type { EndpointShown } from './words.ts'

/** What was done or tried from this page. */
export interface Done {
  readonly refused?: Refused
  readonly unsure?: boolean
  readonly form?: URLSearchParams
}

/** One endpoint: how it stands, what was sent to it, and everything that can be done with it. */
export function endpointPage(
  desk: Desk,
  {
    endpoint,
    etag,
    deliveries,
    filters,
  }: { endpoint: EndpointShown; etag: string; deliveries: Deliveries; filters: Filters },
  { refused, unsure = false, form = new URLSearchParams() }: Done,
): Promise<Response> {
  const { t, language, context } = desk
  const { id, url, enabled } = endpoint
  const again = given(form, 'from') === '' ? undefined : refused
  return desk.show(
    {
      title: url,
      status: refused?.status ?? (unsure ? 422 : 200),
      here: hookPath(id),
      scripts: ['copy.js'],
    },
    html`<nav class="crumbs"><a href="/webhooks">${t('title')}</a></nav>
<h1 class="address">${url}</h1><p>${endpointTag(language, endpoint)}</p>
${refused === undefined ? '' : problemOver(desk, refused)}
${toldBox(desk, context.req.query('told'), id)}
<dl class="facts">${fact(t('description'), endpoint.description)}${fact(t('types'), wantedTypes(desk, endpoint))}
${fact(t('since'), since(endpoint))}</dl>
<div class="actions"><form method="post" action="${hookPath(id, 'ping')}"><button type="submit"${enabled ? '' : html` disabled`}>${icon('bell')} ${t('ping')}</button></form>
<form method="post" action="${hookPath(id, 'state')}">${unseen('etag', etag)}${unseen('enabled', String(!enabled))}<button type="submit" class="secondary">${t(enabled ? 'disable' : 'enable')}</button></form>
<a role="button" class="secondary" href="${hookPath(id, 'edit')}">${icon('pencil-square')} ${t('change')}</a></div>
${deliveriesBox(desk, id, deliveries, filters)}
${againForm(desk, id, form, again)}
<div class="cards hook-cards">${secretCard(desk, endpoint)}${removeCard(desk, id, etag, unsure)}</div>
${verifyBox(desk)}`,
  )
}

const since = ({ createdAt, disabled, failingSince }: EndpointShown): string =>
  atPort(disabled?.at ?? failingSince ?? createdAt)

/** What the last press of a button came to. */
function toldBox({ t }: Desk, told: string | undefined, id: string): Html | '' {
  if (told !== 'ping' && !/^\d{1,4}$/.test(told ?? '')) return ''
  return html`<p role="status" class="notice">${told === 'ping' ? t('pinged') : html`${told} ${t('queued')}`} <a href="${hookPath(id)}">${t('showAnew')}</a></p>`
}

function secretCard({ t, language }: Desk, { id, secrets }: EndpointShown): Html {
  return html`<article><h3>${icon('key')} ${t('rotate')}</h3><p>${t('rotateAbout')}</p>
<p class="note">${t('secrets')}${colon(language)}${secrets.map(({ createdAt, validUntil }, at) => html`${at === 0 ? '' : '; '}${atPort(createdAt)}${validUntil === undefined ? '' : html` (${t('until')} ${atPort(validUntil)})`}`)}</p>
<form method="post" action="${hookPath(id, 'secret')}" data-once><button type="submit" class="secondary">${t('rotate')}</button></form></article>`
}

function removeCard({ t }: Desk, id: string, etag: string, unsure: boolean): Html {
  return html`<article><h3>${icon('trash')} ${t('remove')}</h3><p>${t('removeAbout')}</p>
<form method="post" action="${hookPath(id, 'delete')}">${unseen('etag', etag)}
<label><input type="checkbox" name="sure" value="yes"${unsure ? html` aria-invalid="true" aria-describedby="sure-wrong"` : ''}> ${t('sure')}</label>
${unsure ? html`<p id="sure-wrong" role="alert" class="wrong">${t('notSure')}</p>` : ''}
<button type="submit" class="danger">${t('remove')}</button></form></article>`
}

const snippet = `import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.WEBHOOK_SECRET)

app.post('/hooks', async (request) => {
  const body = await request.text()
  // Throws when it is not from us, or older than five minutes.
  const event = webhook.verify(body, Object.fromEntries(request.headers))
  await queue.add(event.id, event)
  return new Response(null, { status: 204 })
})`

function verifyBox({ t, language }: Desk): Html {
  return html`<details class="change"><summary>${t('verify')}</summary><p>${t('verifyAbout')}</p>
<pre tabindex="0"><code id="verify">${snippet}</code></pre><p>${copyButton(language, 'verify')} <a href="https://www.standardwebhooks.com/" rel="noreferrer">standardwebhooks.com</a></p></details>`
}
