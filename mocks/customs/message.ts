/** One row of a declaration 报关单: the texts of one section, and the goods item it stands in. */
export interface Row {
  readonly section: string
  /** Place of the goods item counted from 1; empty outside the items. */
  readonly item: string
  readonly texts: ReadonlyMap<string, string>
}

/** One goods item 商品项 with its licence rows 许可证. */
export interface Item extends Row {
  readonly licences: readonly Row[]
}

/** Something wrong with (or worth saying about) one element. */
export interface Finding {
  readonly field: string
  readonly item: string
  readonly code: number
  readonly text: string
}

/** A DecMessage as this agency has read it. Absent and empty elements are the same: an empty text. */
export interface Message {
  readonly version: string
  readonly head: Row
  readonly items: readonly Item[]
  readonly sign: Row
  /** The rows of every section, those above among them, in the order of the document. */
  readonly rows: readonly Row[]
  /** What the reader could not place: unknown and repeated elements. */
  readonly misplaced: readonly Finding[]
}

/** The text of an element; empty when it is absent. */
export function textOf(row: Row, element: string): string {
  return row.texts.get(element) ?? ''
}

export function rowsOf(message: Message, section: string): Row[] {
  return message.rows.filter((row) => row.section === section)
}

export function finding(row: Row, element: string, code: number, text: string): Finding {
  return { field: `${row.section}.${element}`, item: row.item, code, text }
}

export function isImport(message: Message): boolean {
  return textOf(message.head, 'IEFlag') === 'I'
}

/** Step of a two-step declaration 两步申报: 5 the summary, 6 the complete one, '' when declared at once. Blanks in front may be trimmed. */
export function stepOf(message: Message): '5' | '6' | '' {
  const type = textOf(message.head, 'Type')
  const step = (/^[0-9]/.test(type) ? `  ${type}` : type).charAt(2)
  return step === '5' || step === '6' ? step : ''
}

/** An import whose declarant computes the tax itself 自报自缴: Type Z. */
export function isSelfDeclared(head: Row): boolean {
  return textOf(head, 'IEFlag') === 'I' && textOf(head, 'Type').startsWith('Z')
}

/** 申报 or 暂存: the two doors, by OperType. */
export function isDraft(message: Message): boolean {
  return textOf(message.sign, 'OperType') === 'G'
}
