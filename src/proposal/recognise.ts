import { schemaFor } from '../../schemas/declaration/summary.ts'
import { type Issue, issuesOf } from '../../schemas/issue.ts'
import { textOfBody } from '../body.ts'
import { FileTrouble } from '../fees/sheet/header.ts'
import { readDeclaration } from '../filing/examine.ts'
import type { Adapters } from '../filing/plan.ts'
import { Problem } from '../problem.ts'
import type { Tree } from './draw-up/gather.ts'
import type { GivenFile } from './grid.ts'

/** What bytes are 文件格式: told by themselves, not by a name or a type that anybody may give. */
export type Form = 'xml' | 'json' | 'xlsx' | 'csv'

const others: readonly (readonly [start: string, name: string])[] = [
  ['%PDF', 'PDF'],
  ['\xD0\xCF\x11\xE0', 'Excel 97–2003 (.xls)'],
  ['\x89PNG', 'PNG'],
  ['\xFF\xD8\xFF', 'JPEG'],
  ['GIF8', 'GIF'],
  ['Rar!', 'RAR'],
  ['7z\xBC\xAF', '7-Zip'],
]

/** @throws {FileTrouble} when it is empty, or something we know that cannot be read */
export function formOf({ bytes }: GivenFile): Form {
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1')
  if (bytes.byteLength === 0) throw new FileTrouble('file-empty', { en: 'The file is empty', zh: '文件为空' })
  const known = others.find(([start]) => head.startsWith(start))
  if (known !== undefined)
    throw new FileTrouble('format-unknown', {
      en: `${known[1]} cannot be read: save it as .xlsx or .csv`,
      zh: `不支持 ${known[1]}，请另存为 .xlsx 或 .csv`,
    })
  if (head.startsWith('PK')) return 'xlsx'
  const isWide = head.startsWith('\xFF\xFE') || head.startsWith('\xFE\xFF')
  const text = head.replace(/^\xEF\xBB\xBF/, '').trimStart()
  if (text.startsWith('<')) return 'xml'
  if (text.startsWith('{')) return 'json'
  if (!isWide && head.includes('\0'))
    throw new FileTrouble('format-unknown', {
      en: 'This is none of the formats that can be read: DecMessage XML, JSON, .xlsx, .csv',
      zh: '不支持的文件格式，可导入 DecMessage XML、JSON、.xlsx、.csv',
    })
  return 'csv'
}

/** A declaration that was handed in as a file 已有申报单: what can be read becomes the draft, what is wrong stays to be seen. */
export interface Declared {
  readonly document: Tree
  readonly issues: readonly Issue[]
  readonly lines: number
}

/** Reads it by the doors a declaration comes in by. @throws {FileTrouble} when it is none at all */
export function readDeclared(adapters: Adapters, { bytes }: GivenFile, form: 'xml' | 'json'): Declared {
  try {
    const text = textOfBody(withoutMark(bytes))
    const { candidate, issues, warnings } = readDeclaration(adapters, `application/${form}`, text)
    if (!isDeclaration(candidate))
      throw new FileTrouble('not-a-declaration', {
        en: 'This JSON is no declaration: it has neither goodsShipment nor functionalReferenceId',
        zh: '该 JSON 不是申报单：缺少 goodsShipment 与 functionalReferenceId',
      })
    const checked = schemaFor(candidate).safeParse(candidate)
    const goods = (candidate['goodsShipment'] as { items?: unknown } | undefined)?.items
    return {
      document: candidate,
      issues: [...issues, ...warnings, ...(checked.success ? [] : issuesOf(checked.error))],
      lines: Array.isArray(goods) ? goods.length : 0,
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const first = error.errors[0]
    const told = first === undefined ? error.detail : { en: first.detail, zh: first.detailZh }
    throw new FileTrouble(
      'not-a-declaration',
      {
        en: `No declaration can be read from it${told === undefined ? '' : `: ${told.en}`}`,
        zh: `无法读取申报单${told === undefined ? '' : `：${told.zh}`}`,
      },
      [],
      error,
    )
  }
}

const withoutMark = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes

const isDeclaration = (candidate: unknown): candidate is Tree =>
  typeof candidate === 'object' &&
  candidate !== null &&
  !Array.isArray(candidate) &&
  ['goodsShipment', 'functionalReferenceId', 'declarationOfficeId'].some((key) => Object.hasOwn(candidate, key))
