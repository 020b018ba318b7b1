import { setImmediate } from 'node:timers/promises'
import type { Issue } from '../../schemas/issue.ts'
import type { Guess, ProposedFile } from '../../schemas/proposal.ts'
import type { Text } from '../../schemas/text.ts'
import { FileTrouble } from '../fees/sheet/header.ts'
import type { Adapters } from '../filing/plan.ts'
import { limits } from '../limits.ts'
import { putContainers } from './draw-up/containers.ts'
import { startGathering, type Tree } from './draw-up/gather.ts'
import { findCurrency, putCharges, putCountries, putDirection, putHead } from './draw-up/head.ts'
import { putItems } from './draw-up/items.ts'
import { findJourney, putJourney } from './draw-up/journey.ts'
import { putPacking } from './draw-up/packing.ts'
import { findFirms, putParties } from './draw-up/parties.ts'
import { type GivenFile, gridOfText, gridsOfWorkbook } from './grid.ts'
import { listen, type Paper, readPaper } from './papers.ts'
import { type Declared, formOf, readDeclared } from './recognise.ts'

/** A draft proposed from documents 智能单证申报: what was found, where each value comes from, and what does not fit. */
export interface Proposal {
  readonly title: string | undefined
  readonly document: Tree
  readonly guesses: readonly Guess[]
  readonly issues: readonly Issue[]
  readonly files: readonly ProposedFile[]
}

/** A file nothing could be read from, with the reason. */
export interface RefusedFile {
  readonly name: string
  /** Its place among the files, from 0. */
  readonly at: number
  readonly code: string
  readonly text: Text
}
export type Proposed =
  | { readonly ok: true; readonly proposal: Proposal }
  | { readonly ok: false; readonly refused: readonly RefusedFile[] }

type Opened = { readonly declared: Declared } | { readonly papers: readonly Paper[] }

/**
 * Proposes a draft from the files of one consignment: a declaration as brokers' software or ours writes it, invoices, packing lists. The
 * same files always propose the same. One that cannot be read refuses all of them, each with its reason, so that nothing is half taken in.
 */
export async function propose(adapters: Adapters, files: readonly GivenFile[]): Promise<Proposed> {
  const refused: RefusedFile[] = []
  const room = { cells: limits.proposalCells }
  const opened: { readonly name: string; readonly what: Opened }[] = []
  for (const [at, file] of files.entries()) {
    try {
      opened.push({ name: file.name, what: await open(adapters, file, room) })
    } catch (error) {
      if (!(error instanceof FileTrouble)) throw error
      refused.push({ name: file.name, at, code: error.code, text: error.text })
    }
  }
  const declarations = opened.filter(({ what }) => 'declared' in what)
  for (const { name } of declarations.slice(1))
    refused.push({
      name,
      at: files.findIndex((file) => file.name === name),
      code: 'second-declaration',
      text: {
        en: `One declaration at a time: ${declarations[0]?.name ?? ''} is one already`,
        zh: `每次只能导入一份申报单：${declarations[0]?.name ?? ''} 已是申报单`,
      },
    })
  if (refused.length > 0) return { ok: false, refused }
  return { ok: true, proposal: drawUp(opened) }
}

/** @param room cells that may still be read @throws {FileTrouble} */
async function open(adapters: Adapters, file: GivenFile, room: { cells: number }): Promise<Opened> {
  if (file.bytes.byteLength > limits.proposalFileBytes)
    throw new FileTrouble('file-too-large', {
      en: `Larger than ${limits.proposalFileBytes} bytes`,
      zh: `文件超过${limits.proposalFileBytes}字节`,
    })
  const form = formOf(file)
  if (form === 'xml' || form === 'json') return { declared: readDeclared(adapters, file, form) }
  const grids = form === 'xlsx' ? await gridsOfWorkbook(file) : [await gridOfText(file)]
  for (const { rows } of grids)
    room.cells -= rows.reduce((sum, row) => sum + row.filter((cell) => cell !== undefined).length, 0)
  if (room.cells < 0)
    throw new FileTrouble('file-too-large', {
      en: `More than ${limits.proposalCells} cells in all files`,
      zh: `全部文件的单元格超过${limits.proposalCells}个`,
    })
  const papers: Paper[] = []
  for (const grid of grids) {
    const paper = readPaper(grid)
    if (paper !== undefined) papers.push(paper)
    // Others get their turn between two sheets.
    await setImmediate()
  }
  if (papers.length === 0)
    throw new FileTrouble('not-recognised', {
      en: 'No table of goods and no label of an invoice or packing list was found in it',
      zh: '未识别到商品明细表，也未识别到发票或装箱单的栏目',
    })
  return { papers }
}

function drawUp(opened: readonly { readonly name: string; readonly what: Opened }[]): Proposal {
  const declared = opened
    .map(({ what }) => ('declared' in what ? what.declared : undefined))
    .find((one) => one !== undefined)
  const papers = opened.flatMap(({ what }) => ('papers' in what ? what.papers : []))
  const into = startGathering(declared?.document)
  const said = listen(papers)
  if (papers.length > 0) {
    const [firms, journey, currency] = [findFirms(said), findJourney(said), findCurrency(said)]
    putDirection(into, said, firms, journey)
    putHead(into, said)
    putParties(into, said, firms)
    putCountries(into, said, firms, journey)
    putJourney(into, said, journey)
    putPacking(into, said)
    const lines = putItems(into, said, { currency })
    putContainers(into, said, lines)
    const first = into.at(['goodsShipment', 'items', 0, 'currency'])
    putCharges(into, said, currency?.named.code ?? (typeof first === 'string' ? first : undefined))
  }
  const document = into.document()
  return {
    title: titleOf(into.at),
    document,
    guesses: into.guesses,
    issues: [...(declared?.issues ?? []), ...into.issues],
    files: opened.map(({ name, what }) => describe(name, what)),
  }
}

/** What a draft may be called: the invoice's number and whom the goods go to. */
function titleOf(at: ReturnType<typeof startGathering>['at']): string | undefined {
  const [number, whom] = [
    at(['goodsShipment', 'invoice', 'id']) ?? at(['functionalReferenceId']),
    at(['goodsShipment', 'consignee', 'name']) ?? at(['goodsShipment', 'consignor', 'name']),
  ]
  const title = [number, whom].filter((part) => typeof part === 'string').join(' · ')
  return title === '' ? undefined : title.slice(0, 120)
}

function describe(name: string, what: Opened): ProposedFile {
  if ('declared' in what) return { name, kind: 'declaration', lines: what.declared.lines }
  const lines = what.papers.reduce((sum, paper) => sum + paper.lines.length, 0)
  const kinds = what.papers.map(({ kind }) => kind)
  return { name, kind: (['invoice', 'packing-list'] as const).find((kind) => kinds.includes(kind)) ?? 'other', lines }
}
