import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { CodeItem } from '../../../schemas/codes/index.ts'
import type { Adapters } from '../../filing/plan.ts'
import type { Env } from '../../services.ts'
import { lineField } from '../form.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { fact, scrolling } from '../pieces.ts'
import { meaningOf } from '../schema-form/naming.ts'
import { type Desk, deskOf, type Looked, lookAt } from './desk.ts'
import { read, type Tree, withSection, write } from './document.ts'
import { showSheet } from './frame.ts'
import { completeLine, type GoodsMove, linesOf, moveGoods, sumsOf, type TotalId, takeSum, totals } from './goods.ts'
import { saveStep } from './saving.ts'
import { goOn, readSending, rearrangedIn, type Shown, sectionFields } from './step.ts'
import { itemSections, type Section } from './steps.ts'

const linesAt = '/goodsShipment/items'
const elementsOf = (index: number): Section => ({
  title: { en: 'Declaration elements', zh: '申报要素' },
  at: `${linesAt}/${index}`,
  fields: ['declarationElements'],
})

/** The goods of a draft 商品: a table of its lines, and a page for each. */
export function goodsPages(pages: Hono<Env>, app: Hono<Env>, adapters: Adapters): void {
  pages.get('/drafts/:id/goods', async (context) => {
    const desk = deskOf(app, context)
    const looked = await lookAt(desk, context.req.param('id'))
    return looked instanceof Response ? looked : showTable(desk, looked)
  })
  pages.post('/drafts/:id/goods', async (context) => {
    const sending = await readSending(app, context)
    const { desk, id, form } = sending
    const move = moveIn(form.get('line'))
    const take = form.get('take')
    const outcome = await saveStep(desk, id, {
      place: 'goods',
      form,
      apply(document) {
        if (move !== undefined) return moveGoods(document, move)
        return isTotal(take) ? takeSum(document, take) : document
      },
    })
    // A new line is filled in at once.
    if (move?.do === 'add' && !(outcome instanceof Response) && outcome.saved)
      form.set('go', `goods/${linesOf(outcome.draft.document).length}`)
    return goOn(sending, outcome, false, (looked, more) => showTable(desk, looked, more))
  })

  pages.get('/drafts/:id/goods/:line', async (context) => {
    const desk = deskOf(app, context)
    const { id, line } = context.req.param()
    const looked = await lookAt(desk, id)
    if (looked instanceof Response) return looked
    const index = indexOf(line)
    return index >= linesOf(looked.draft.document).length
      ? context.redirect(`/drafts/${id}/goods`, 303)
      : showLine(desk, adapters, looked, index)
  })
  pages.post('/drafts/:id/goods/:line', async (context) => {
    const sending = await readSending(app, context)
    const { desk, id, form } = sending
    const index = indexOf(context.req.param('line'))
    const sections = [...itemSections(index), elementsOf(index)]
    const outcome = await saveStep(desk, id, {
      place: `goods/${index + 1}`,
      form,
      blank: write(
        {},
        linesAt,
        Array.from({ length: Math.min(index, 99) + 1 }, () => ({})),
      ),
      // A line that was taken out elsewhere is not brought back by who had it open.
      apply: (document) =>
        index >= linesOf(document).length
          ? document
          : completeLine(
              sections.reduce((whole, section) => withSection(whole, form, section), document),
              index,
            ),
    })
    const rearranged = rearrangedIn(form, itemSections(index))
    return goOn(sending, outcome, rearranged !== undefined, (looked, more) =>
      showLine(desk, adapters, looked, index, { ...more, rearranged }),
    )
  })
}

const indexOf = (line: string): number => (/^[1-9]\d?$/.test(line) ? Number(line) - 1 : Number.POSITIVE_INFINITY)
const isTotal = (total: string | null): total is TotalId => total !== null && Object.hasOwn(totals, total)

function moveIn(said: string | null): GoodsMove | undefined {
  const [what, line] = (said ?? '').split(':')
  if (what === 'add') return { do: 'add' }
  const index = Number(line) - 1
  return (what === 'duplicate' || what === 'remove') && Number.isInteger(index) ? { do: what, index } : undefined
}

function showTable(desk: Desk, looked: Looked, more: Shown = {}): Promise<Response> {
  const { t } = desk
  const { document } = looked.draft
  const lines = linesOf(document)
  const open = (index: number) =>
    looked.check.errors.filter(({ pointer }) => `${pointer}/`.startsWith(`${linesAt}/${index}/`)).length
  const heads = ['line', 'hsCode', 'goodsName', 'quantity', 'price', 'netMass', 'grossMass'] as const
  const table = scrolling(
    t('goods'),
    html`<table class="goods"><thead><tr>${heads.map((name) => html`<th scope="col">${t(name)}</th>`)}<th scope="col"></th></tr></thead><tbody>${lines.map(
      (line, index) => {
        const name = textIn(line['name']) || `${t('line')} ${index + 1}`
        const button = (what: 'duplicate' | 'remove') =>
          html`<button type="submit" class="quiet secondary" name="line" value="${what}:${index + 1}" aria-label="${t(what)} ${name}">${t(what)}</button>`
        return html`<tr><th scope="row">${index + 1}</th><td class="nowrap"><code>${textIn(line['hsCode'])}</code></td><td>${textIn(line['name'])}${
          open(index) === 0 ? '' : html` <small class="wrong">${open(index)} ${t('open')}</small>`
        }</td><td class="number">${quantityIn(line)}</td><td class="number">${textIn(line['totalPrice'])} ${textIn(line['currency'])}</td><td class="number">${textIn(line['netMassKg'])}</td><td class="number">${textIn(line['grossMassKg'])}</td>
<td class="nowrap"><button type="submit" class="quiet" name="go" value="goods/${index + 1}" aria-label="${t('edit')} ${name}">${t('edit')}</button> ${button('duplicate')} ${button('remove')}</td></tr>`
      },
    )}</tbody></table>`,
  )
  return showSheet(desk, looked, {
    place: 'goods',
    heading: t('goods'),
    next: 'documents',
    content: html`${lines.length === 0 ? html`<p>${t('noLines')}</p>` : table}
<p><button type="submit" class="secondary" name="line" value="add">${icon('plus')} ${t('addLine')}</button></p>${lines.length === 0 ? '' : sumsTable(desk, document)}`,
    ...more,
  })
}

/** What the lines come to beside what is declared of the whole. */
function sumsTable({ t }: Desk, document: Tree): Html {
  const sums = sumsOf(document)
  const row = (id: TotalId, name: string) => {
    const sum = sums[totals[id].sum]
    const declared = textIn(read(document, totals[id].at))
    const agrees = sum !== undefined && sum === declared
    return html`<tr><th scope="row">${name}</th><td class="number">${sum ?? '—'}</td><td class="number">${declared || '—'}</td><td>${
      sum === undefined
        ? ''
        : agrees
          ? html`<span class="good">${icon('check-circle')} ${t('sumEqual')}</span>`
          : html`<span class="wrong">${t('sumDiffers')}</span> <button type="submit" class="quiet secondary" name="take" value="${id}" aria-label="${t('takeSum')}: ${name}">${t('takeSum')}</button>`
    }</td></tr>`
  }
  return html`<section id="sums"><h3>${t('sums')}</h3>${scrolling(
    t('sums'),
    html`<table class="sums"><thead><tr><th></th><th scope="col">${t('sumOfLines')}</th><th scope="col">${t('declaredTotal')}</th><th></th></tr></thead><tbody>
${row('net', t('netMass'))}${row('gross', t('grossMass'))}<tr><th scope="row">${t('value')}</th><td class="number">${sums.totalPrice === undefined ? '—' : `${sums.totalPrice} ${sums.currency ?? ''}`}</td><td></td><td></td></tr></tbody></table>`,
  )}</section>`
}

async function showLine(
  desk: Desk,
  adapters: Adapters,
  looked: Looked,
  index: number,
  { rearranged, ...more }: Shown = {},
): Promise<Response> {
  const { t } = desk
  const line = linesOf(looked.draft.document)[index] ?? {}
  const [first, ...rest] = itemSections(index)
  const fields = (sections: readonly Section[]) => sectionFields(desk, adapters, looked, sections, rearranged)
  const code = textIn(line['hsCode'])
  const isCode = /^\d{10}$/.test(code)
  const [tariff, elements] = isCode
    ? await Promise.all(
        ['tariff', 'declaration-elements'].map((list) => desk.api.get<CodeItem>(`/v1/codes/${list}/${code}`)),
      )
    : []
  return showSheet(desk, looked, {
    place: `goods/${index + 1}`,
    heading: `${t('line')} ${index + 1}${textIn(line['name']) === '' ? '' : ` · ${textIn(line['name'])}`}`,
    next: 'goods',
    content: html`${first === undefined ? '' : fields([first])}
<div id="tariff" aria-live="polite">${tariff?.ok === true ? tariffBox(desk, tariff.body) : ''}</div>
<fieldset class="group" id="elements" data-of="${code}"><legend>${t('elements')}</legend>${elementFields(desk, line, index, elements?.ok === true ? elements.body : undefined)}</fieldset>
${fields(rest)}`,
    ...more,
  })
}

/** What the tariff says of a code: units, certificates, rates, and how old that is. */
function tariffBox({ t, language }: Desk, item: CodeItem): Html {
  const text = (name: string) => textIn(item[name])
  const named = (list: string, code: string) => `${code} ${meaningOf(list, code, undefined, language) ?? ''}`.trim()
  const letters = text('supervision')
    .split('')
    .map((letter) => named('certificate-types', letter))
  const units = [text('unit1'), text('unit2')].filter((unit) => unit !== '').map((unit) => named('units', unit))
  return html`<section class="notice"><h3>${t('tariff')} ${item.code} ${item.zh ?? ''}</h3><dl class="facts">${fact(t('tariffUnits'), units.join(' · '))}${fact(
    t('tariffCertificates'),
    letters.length === 0 ? '—' : letters.join(' · '),
  )}${fact(t('tariffDuty'), `${percent(text('mfnRate'))} · ${percent(text('vatRate'))}`)}</dl></section>`
}

const percent = (rate: string): string =>
  /^\d+(\.\d+)?$/.test(rate) ? `${Number((Number(rate) * 100).toFixed(4))} %` : '—'

/** One field for each declaration element of the code; what stands there beyond them stays to be seen. */
function elementFields({ t }: Desk, line: Tree, index: number, item: CodeItem | undefined): Html {
  const given = Array.isArray(line['declarationElements']) ? (line['declarationElements'] as unknown[]) : []
  const names = Array.isArray(item?.['elements']) ? (item['elements'] as readonly string[]) : []
  const count = Math.max(names.length, given.length)
  if (count === 0) return html`<p class="dim">${t('elementsNone')}</p>`
  return html`<p><small>${t('elementsHelp')}</small></p><div class="fields">${Array.from({ length: count }, (_, at) =>
    lineField({
      name: `${linesAt}/${index}/declarationElements/${at}`,
      label: names[at] ?? `${t('elementUnnamed')} ${at + 1}`,
      value: textIn(given[at]),
      max: 255,
    }),
  )}</div>`
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')
function quantityIn(line: Tree): string {
  const quantity = line['quantity']
  return `${textIn(read(quantity, '/value'))} ${textIn(read(quantity, '/unitCode'))}`.trim()
}
