import { html } from 'hono/html'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { scrolling } from '../pieces.ts'
import { colon, say } from '../words.ts'
import type { TraderDesk } from './board.ts'
import { type Edge, flowOf, type Node } from './flow.ts'
import type { DeclarationShown, FilingShown } from './head.ts'
import { glanceMark, holdMark, shortWord, statusMark } from './marks.ts'
import type { TraderWord } from './words.ts'

/** Sizes of the picture in units of which 16 are the height of a line of text (1rem): as in yuchuang.css. */
const box = { width: 232, height: 104, between: 84, below: 16 } as const
/** Columns and rows yuchuang.css has places for; a larger picture is a list. */
const most = { columns: 8, rows: 16 } as const

/**
 * What waits for what 办理关系图: filings in columns, arrows from those that go first; for those who listen and for narrow screens a list
 * that says the same.
 */
export function pictureOf(desk: TraderDesk, declaration: DeclarationShown): Html {
  const { t } = desk
  const nodes = flowOf(declaration)
  const columns = Math.max(...nodes.map(({ column }) => column), 0) + 1
  const rows = Math.max(...nodes.map(({ row }) => row), 0) + 1
  const isDrawn = columns <= most.columns && rows <= most.rows
  const list = html`<ol class="flow">${nodes.map((node) => nodeOf(desk, declaration.id, node))}</ol>`
  return html`<section id="picture" data-live aria-labelledby="picture-head"><h2 id="picture-head">${t('picture')}</h2>
<p class="note">${t('pictureHelp')}</p>${
    isDrawn
      ? scrolling(t('picture'), html`<div class="drawn">${arrows(desk, nodes, columns, rows)}${list}</div>`)
      : list
  }</section>`
}

function nodeOf(desk: TraderDesk, declarationId: string, { filing, column, row, edges }: Node): Html {
  const { language, t } = desk
  return html`<li class="node column-${column + 1} row-${row + 1} is-${filing.status}"><a href="/declarations/${declarationId}/filings/${filing.id}"><small>${say(language, filing.agencyName)}</small> <strong>${say(language, filing.procedureName)}</strong></a>
<p>${filing.holds.length === 0 ? glanceMark(language, filing) : html`${filing.holds.map((hold) => html`${holdMark(language, hold)} `)}${statusMark(language, filing.status)}`}</p>
${reasons(desk, filing)}${
  edges.length === 0
    ? ''
    : html`<div class="before"><span>${t('after')}${colon(language)}</span><ul>${edges.map((edge) => html`<li class="${edge.state}">${edgeInWords(desk, edge)}</li>`)}</ul></div>`
}</li>`
}

/** Why a filing is where it is, and what goes before it, as a list. */
export function edgesBox(desk: TraderDesk, declaration: DeclarationShown, filing: Pick<FilingShown, 'id'>): Html | '' {
  const node = flowOf(declaration).find((one) => one.filing.id === filing.id)
  if (node === undefined) return ''
  return html`${reasons(desk, node.filing)}${
    node.edges.length === 0
      ? ''
      : html`<div class="before"><span>${desk.t('after')}${colon(desk.language)}</span><ul>${node.edges.map((edge) => html`<li class="${edge.state}">${edgeInWords(desk, edge)}</li>`)}</ul></div>`
  }`
}

const stateWords = { met: 'met', open: 'notMet', refused: 'isRefused' } as const satisfies Record<string, TraderWord>
const edgeInWords = ({ language, t }: TraderDesk, { from, status, state }: Edge): string =>
  `${say(language, from.agencyName)} · ${say(language, from.procedureName)} → ${shortWord(language, status)} (${t(stateWords[state])})`

/** Why a filing is not on its way, beside others it waits for. */
function reasons({ language, t }: TraderDesk, filing: FilingShown): Html | '' {
  const said = [
    ...(filing.unknown ? [t('unknownAnswer')] : []),
    ...(filing.gates ?? []).map(({ because }) => say(language, because)),
    ...(filing.waitsForChange === undefined ? [] : [t('waitsForChange')]),
    ...(filing.coveredBy === undefined ? [] : [t('coveredElsewhere')]),
    ...(filing.dropped === undefined ? [] : [t('dropped')]),
    ...(filing.trouble === undefined ? [] : [say(language, filing.trouble)]),
  ]
  return said.length === 0 ? '' : html`<p class="reason">${icon('information-circle')} ${said.join(' · ')}</p>`
}

/** Arrows from what goes first to what waits, each with the status it waits for. */
function arrows({ language }: TraderDesk, nodes: readonly Node[], columns: number, rows: number): Html {
  const width = columns * box.width + (columns - 1) * box.between
  const height = rows * box.height + (rows - 1) * box.below
  const placeOf = new Map(nodes.map((node) => [node.filing.id, node]))
  const drawn = nodes.flatMap(({ column, row, edges }) =>
    edges.map((edge, at) => {
      const from = placeOf.get(edge.from.id)
      if (from === undefined || from.column >= column) return ''
      const [x1, y1] = [from.column * (box.width + box.between) + box.width, middleOf(from.row)]
      const x2 = column * (box.width + box.between) - 7
      const y2 = middleOf(row) + (at - (edges.length - 1) / 2) * 22
      const bend = box.between * 0.6
      return html`<g class="${edge.state}"><path d="M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}"/><path class="tip" d="M${x2 - 1} ${y2 - 4.5} L${x2 + 7} ${y2} L${x2 - 1} ${y2 + 4.5} Z"/><text x="${x2 - 4}" y="${y2 - 5}">${shortWord(language, edge.status)}</text></g>`
    }),
  )
  return html`<svg class="arrows" aria-hidden="true" width="${width / 16}rem" height="${height / 16}rem" viewBox="0 0 ${width} ${height}">${drawn}</svg>`
}
const middleOf = (row: number): number => row * (box.height + box.below) + box.height / 2
