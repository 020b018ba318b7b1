import { importAnswer, importIssuesAnswer, importsAnswer } from '../../schemas/fees/imports.ts'
import type { Operation } from './describe.ts'
import { keyed, reading, writing } from './describe-problems.ts'
import { feeSheetQuery, importIssuesQuery, importQuery, importsQuery, templateQuery } from './queries-fees-sheets.ts'
import { sheetTypes } from './sheet-answers.ts'

const tag = 'Fee sheets'
const file = (mediaType: string) => ({ status: 200, description: 'The file', mediaType })

/** Files of fees 表格: taken in, and given out. */
export const feeSheetOperations = {
  readFeeTemplateCsv: {
    summary: 'A file to fill in, with an example',
    tag,
    query: templateQuery,
    answer: file(sheetTypes.csv),
    problems: ['invalid-parameter', 'unavailable'],
    public: true,
  },
  readFeeTemplateXlsx: {
    summary: 'A workbook to fill in, with an example and a sheet of allowed values',
    tag,
    query: templateQuery,
    answer: file(sheetTypes.xlsx),
    problems: ['invalid-parameter', 'unavailable'],
    public: true,
  },
  importFees: {
    summary: 'Read a file of fees into a draft 批量导入',
    tag,
    description:
      'CSV (UTF-8, UTF-16 with a mark, or GB18030; parted by comma, semicolon or tab) or XLSX (the first visible sheet), up to 24 MiB and 50,000 rows. One row a rate; rows of one fee share its id. Headers in Chinese or English, in any order. It is read in the background: ask for it at `Location`. A fee is kept when all its rows are good; what is wrong with the others stands in its issues, by row and column. All good fees come into the draft at once, or none where the draft was submitted or discarded meanwhile.',
    query: importQuery,
    headers: ['Idempotency-Key'],
    otherBodies: ['text/csv', sheetTypes.xlsx],
    answer: { status: 202, description: 'Kept, to be read', schema: importAnswer },
    problems: ['invalid-parameter', ...writing, ...keyed, 'not-changeable', 'limit-reached'],
  },
  listFeeImports: {
    summary: 'Imports into a draft, the newest first',
    tag,
    query: importsQuery,
    answer: { status: 200, description: 'A page', schema: importsAnswer },
    problems: ['invalid-parameter', ...reading],
  },
  readFeeImport: {
    summary: 'How far an import is, and what came of it',
    tag,
    answer: { status: 200, description: 'As it stands', schema: importAnswer },
    problems: reading,
  },
  listFeeImportIssues: {
    summary: 'What is wrong with the cells of an imported file',
    tag,
    description: 'By row, column and reason; at most 10,000 are kept of one import.',
    query: importIssuesQuery,
    answer: { status: 200, description: 'A page', schema: importIssuesAnswer },
    problems: ['invalid-parameter', ...reading],
  },
  readFeeImportIssuesCsv: {
    summary: 'The same as a file',
    tag,
    answer: file(sheetTypes.csv),
    problems: [...reading, 'unavailable'],
  },
  readFeesCsv: {
    summary: 'The list of a day as CSV',
    tag,
    description:
      'Filtered as the list of fees is. `columns` has every field and can be imported again; `list` has the seven columns of a published list, port by port. No cell is one that a spreadsheet would run. The last lines tell the edition and its digest.',
    query: feeSheetQuery,
    headers: ['If-None-Match'],
    answer: file(sheetTypes.csv),
    problems: ['invalid-parameter', 'unavailable'],
    public: true,
  },
  readFeesXlsx: {
    summary: 'The list of a day as a workbook',
    tag,
    description: 'As the CSV file; the last sheet tells the edition and its digest.',
    query: feeSheetQuery,
    headers: ['If-None-Match'],
    answer: file(sheetTypes.xlsx),
    problems: ['invalid-parameter', 'unavailable'],
    public: true,
  },
} as const satisfies Record<string, Operation>
