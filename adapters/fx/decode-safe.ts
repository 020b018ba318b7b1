import type { Receipt } from '../../schemas/receipt.ts'
import { Unintelligible } from '../adapter.ts'
import { childOf, childrenOf, readXml, textOf, type XmlNode } from '../xml.ts'

type Result = Pick<Receipt, 'code' | 'text'> & Pick<Partial<Receipt>, 'status' | 'details'>

/**
 * What became of a filing's records in SAFE's daily batch 外汇局批量回执. The control receipt, always the first file, lists only data
 * files with errors: a file sent and not listed was taken with all its records. Of a listed file either the format was refused, and
 * everything in it, or single records: then ours is refused only if it is named.
 * @throws {Unintelligible} a file that is due is not there or is not what it should be
 */
export function safeResult(delivery: XmlNode, files: readonly string[]): Result {
  const sent = childrenOf(delivery, 'Sent').map((name) => textOf({ name }, 'name'))
  if (sent.length === 0) throw new Unintelligible('A batch result that names no file sent')
  const [control, ...results] = files.map(resultFile)
  if (control === undefined) throw new Unintelligible('A batch result without its control receipt')
  const listed = filesListed(control)
  const faulty = sent
    .filter((name) => listed.includes(name))
    .map((name) => faultsOf(results, name, textOf(delivery, 'RPTNO')))
  const formatFaults = faulty.flatMap(({ format }) => format)
  if (formatFaults.length > 0)
    return { status: 'refused', code: 'FORMAT_ERR', text: formatFaults.join('；'), details: { sent, formatFaults } }
  const recordFaults = faulty.flatMap(({ record }) => record)
  if (recordFaults.length > 0)
    return {
      status: 'refused',
      code: 'REC_ERR',
      text: recordFaults.map(({ text }) => text).join('；'),
      details: { sent, recordFaults },
    }
  return { status: 'closed', code: 'NO_ERR', text: '外汇局已接收', details: { sent } }
}

function resultFile(text: string): XmlNode {
  const message = childOf(readXml(text, 'MSG'), 'MSG')
  if (textOf(message, 'APPTYPE') !== 'BOP' || textOf(message, 'INOUT') !== 'OUT')
    throw new Unintelligible('Not a result of the batch')
  return message
}

/** Names of the files with errors; their number must be the one told. */
function filesListed(control: XmlNode): string[] {
  if (control['FILES'] === undefined) throw new Unintelligible('Not a control receipt')
  const names = childrenOf(childOf(control, 'FILES'), 'FILENAME').map((name) => textOf({ name }, 'name'))
  if (textOf(control, 'TOTALFILES') !== String(names.length))
    throw new Unintelligible('The control receipt miscounts its files')
  return names
}

interface RecordFault {
  readonly field: string
  readonly name: string
  readonly text: string
}

/** Faults of a data file 数据文件 that concern a record: all of its format, and those of the record itself. */
function faultsOf(
  results: readonly XmlNode[],
  name: string,
  reportNumber: string,
): { format: string[]; record: RecordFault[] } {
  const result = results.find((one) => textOf(one, 'CURRENTFILE') === name)
  if (result === undefined) throw new Unintelligible(`${name} is listed, but its result is not there`)
  const refused = textOf(result, 'FORMATERRS')
  if (!/^\d+$/.test(refused)) throw new Unintelligible(`${name}: no number of format errors`)
  if (refused !== '0') {
    const said = childrenOf(childOf(result, 'FORMATS'), 'FORMAT').map((fault) => textOf({ fault }, 'fault'))
    return { format: said.length > 0 ? said : [`FORMATERRS ${refused}`], record: [] }
  }
  if (reportNumber === '') throw new Unintelligible(`${name} has record errors, and our report number is not told`)
  const record = childrenOf(childOf(result, 'ERRRECORDS'), 'REC').filter((one) => textOf(one, 'RPTNO') === reportNumber)
  return { format: [], record: record.flatMap(recordFaults) }
}

/** Errors of a record 错误字段; a record that is named without any is still refused. */
function recordFaults(record: XmlNode): RecordFault[] {
  const faults = childrenOf(childOf(record, 'ERRFIELDS'), 'ERR').map((fault) => ({
    field: textOf(fault, 'ERRFIELD'),
    name: textOf(fault, 'ERRFIELDCN'),
    text: textOf(fault, 'ERRDESC'),
  }))
  return faults.length > 0 ? faults : [{ field: '', name: '', text: 'ERRRECORDS' }]
}
