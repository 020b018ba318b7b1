/** SAFE's answer to a batch 外汇局批量回执: a control receipt that lists only files with errors, and a result for each of those. */
import type { FxProcedure } from './read.ts'
import { declaration, type File } from './write.ts'
import { leaf } from './xml.ts'

export type SafeResult = 'accepted' | 'record-error' | 'format-error'

/** The bank's own number at SAFE, 12 digits. [invented] */
const institution = '500000000001'
/** Which files carry a record: declaration, and for a payment also management. */
const fileTypes: { readonly [procedure in FxProcedure]: readonly string[] } = { receipt: ['G'], payment: ['H', 'N'] }

export interface BatchAnswer {
  readonly sent: readonly string[]
  readonly files: readonly File[]
}

/** @param serial of the batch, six digits */
export function answerBatch(
  result: SafeResult,
  batch: { procedure: FxProcedure; reportNumber: string; day: string; serial: string },
): BatchAnswer {
  const named = (type: string) => `BOP${type}${institution}${batch.day}${batch.serial}.xml`
  const sent = fileTypes[batch.procedure].map(named)
  // The first file is the declaration itself: that is where the error lies, the management file passes.
  const wrong = result === 'accepted' ? [] : sent.slice(0, 1)
  const control = named('TT')
  return {
    sent,
    files: [
      { name: control, content: controlReceipt(control, wrong) },
      ...wrong.map((name) => ({ name, content: dataResult(name, result, batch.reportNumber) })),
    ],
  }
}

function controlReceipt(name: string, wrong: readonly string[]): string {
  const files = wrong.map((file) => leaf('FILENAME', file)).join('')
  return message(
    name,
    `<TOTALFILES>${wrong.length}</TOTALFILES>${files === '' ? '<FILES/>' : `<FILES>${files}</FILES>`}`,
  )
}

function dataResult(name: string, result: SafeResult, reportNumber: string): string {
  if (result === 'format-error')
    return message(
      name,
      `<FORMATERRS>1</FORMATERRS><FORMATS>${leaf('FORMAT', '文件不符合接口规范，整个文件退回')}</FORMATS>` +
        '<TOTALRECORDS>0</TOTALRECORDS><SUCRECORDS>0</SUCRECORDS><FALRECORDS>0</FALRECORDS><ERRRECORDS/>',
    )
  const error = leaf('ERRFIELD', 'TXREM') + leaf('ERRFIELDCN', '交易附言1') + leaf('ERRDESC', '交易附言与交易编码不符')
  return message(
    name,
    '<FORMATERRS>0</FORMATERRS><FORMATS/><TOTALRECORDS>1</TOTALRECORDS><SUCRECORDS>0</SUCRECORDS><FALRECORDS>1</FALRECORDS>' +
      `<ERRRECORDS><REC>${leaf('RPTNO', reportNumber)}<ERRFIELDS><ERR>${error}</ERR></ERRFIELDS></REC></ERRRECORDS>`,
  )
}

const message = (file: string, content: string) =>
  `${declaration}<MSG><APPTYPE>BOP</APPTYPE>${leaf('CURRENTFILE', file)}<INOUT>OUT</INOUT>${content}</MSG>`
