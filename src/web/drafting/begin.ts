import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { samples } from '../../drafts/sample.ts'
import type { Env } from '../../services.ts'
import { problemOver, type Refused } from '../desk.ts'
import { given, readForm, unseen } from '../form.ts'
import { icon } from '../icons.ts'
import { choice, choices } from '../pieces.ts'
import { type Desk, type Draft, deskOf, draftPath } from './desk.ts'
import { emptyDocument } from './document.ts'
import { dropBox } from './drop/index.ts'
import { declarationSchema } from './steps.ts'

interface Earlier {
  readonly data: readonly { readonly id: string; readonly functionalReferenceId: string }[]
}
/** Declarations offered to be copied: the newest. */
const offered = 50

/** Beginning a draft 新建申报: empty, with a sample, as a copy, from documents, or from a declaration that is to be changed. */
export function beginPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/drafts/new', (context) => {
    const desk = deskOf(app, context, 'newDraft')
    return showWays(desk, context.req.query('from') ?? '')
  })

  pages.post('/drafts/new', async (context) => {
    const desk = deskOf(app, context, 'newDraft')
    const form = await readForm(context)
    const from = given(form, 'from')
    const purpose = given(form, 'purpose')
    const once = given(form, 'once')
    const answered = await desk.api.send<Draft>('POST', '/v1/declaration-drafts', wantedOf(form, from, purpose), {
      'idempotency-key': /^[\w-]{36}$/.test(once) ? `begin ${once} ${given(form, 'way')}` : randomUUID(),
    })
    if (!answered.ok) return showWays(desk, from, answered)
    // What is whole already is looked over; everything else is begun at the beginning.
    const isBegun = given(form, 'way') !== 'empty'
    return context.redirect(draftPath(answered.body.id, isBegun && purpose === '' ? 'check' : 'basics'), 303)
  })
}

function wantedOf(form: URLSearchParams, from: string, purpose: string): object {
  switch (given(form, 'way')) {
    case 'sample':
      return { sample: given(form, 'sample') }
    case 'from':
      return { from: { declarationId: from, purpose: purpose === '' ? 'copy' : purpose } }
    default:
      return { document: emptyDocument(declarationSchema()) }
  }
}

async function showWays(desk: Desk, from: string, refused?: Refused): Promise<Response> {
  const { t, language } = desk
  const earlier = await desk.api.get<Earlier>(`/v1/declarations?limit=${offered}`)
  if (!earlier.ok) return desk.refuse(earlier)
  const { data } = earlier.body
  const once = randomUUID()
  const way = (id: string, inside: unknown) =>
    html`<article><form method="post" action="/drafts/new">${unseen('once', once)}${unseen('way', id)}${inside}</form></article>`
  const isListed = from === '' || data.some(({ id }) => id === from)
  const declarations = [
    ...(isListed ? [] : [{ value: from, name: from }]),
    ...data.map(({ id, functionalReferenceId }) => ({ value: id, name: functionalReferenceId })),
  ]
  return desk.show(
    {
      title: t('newDeclaration'),
      scripts: ['drop.js'],
      ...(refused === undefined ? {} : { status: refused.status }),
      here: '/drafts/new',
    },
    html`<h1>${t('newDeclaration')}</h1>${refused === undefined ? '' : problemOver(desk, refused)}
<div class="cards">
${way('empty', html`<h2>${t('beginEmpty')}</h2><p>${t('beginEmptyHelp')}</p><button type="submit">${icon('pencil-square')} ${t('begin')}</button>`)}
${way('sample', html`<h2>${t('beginSample')}</h2><p>${t('beginSampleHelp')}</p>${choice({ name: 'sample', label: t('sample'), chosen: 'laptops' }, choices(language, samples))}<button type="submit" class="secondary">${icon('beaker')} ${t('begin')}</button>`)}
${way(
  'from',
  html`<h2>${t('beginCopy')}</h2><p>${t('beginCopyHelp')}</p>${
    declarations.length === 0
      ? html`<p class="dim">${t('earlierNone')}</p>`
      : html`${choice({ name: 'from', label: t('earlier'), chosen: from }, declarations)}<button type="submit" class="secondary">${icon('clipboard')} ${t('begin')}</button>`
  }`,
)}
</div>${dropBox(language)}`,
  )
}
