import * as z from 'zod'
import { pageOf } from '../../schemas/answers.ts'
import { creditAnswer, creditRequest, firmCreditAnswer, publishedCredit, schemesAnswer } from '../../schemas/credit.ts'
import { riskAnswer } from '../../schemas/risk.ts'
import type { Operation } from './describe.ts'
import { matched, reading, writing } from './describe-problems.ts'
import { publishedCreditQuery } from './queries-credit.ts'

const publishedText =
  'Only levels whose agency publishes them, and only firms that hold one today: after a repair 信用修复 a firm is gone from the list. `GET /v1/credit/schemes` tells which levels are public, why, and how well that is known.'

/** What is done with the credit of firms 企业信用 and the risk of declarations 风险. */
export const creditOperations = {
  listCreditSchemes: {
    summary: 'The credit schemes of agencies, and what of them is public',
    tag: 'Credit',
    answer: { status: 200, description: 'Every scheme with its levels, the best first', schema: schemesAnswer },
    problems: [],
    public: true,
  },
  listPublishedCredit: {
    summary: 'Firms whose credit level is public 信用公示',
    tag: 'Credit',
    description: publishedText,
    query: publishedCreditQuery,
    answer: { status: 200, description: 'A page, by scheme and firm', schema: pageOf(publishedCredit) },
    problems: ['invalid-parameter'],
    public: true,
  },
  exportPublishedCredit: {
    summary: 'The same as CSV, a page of it',
    tag: 'Credit',
    description: `${publishedText} The next page stands in \`Link\`.`,
    query: publishedCreditQuery,
    answer: { status: 200, description: 'UTF-8, with a header', schema: z.string(), mediaType: 'text/csv' },
    problems: ['invalid-parameter'],
    public: true,
  },
  readFirmCredit: {
    summary: 'A firm’s credit: all of it for the firm itself, an agency’s own scheme for the agency',
    tag: 'Credit',
    answer: { status: 200, description: 'Levels, their history and what follows from them', schema: firmCreditAnswer },
    problems: reading,
  },
  readFirmCreditScheme: {
    summary: 'A firm’s credit in one scheme',
    tag: 'Credit',
    description: 'The `ETag` is that of the history: what `PUT` is to match. A firm nobody has rated has revision 0.',
    answer: { status: 200, description: 'Level, history, and what bears upon it', schema: creditAnswer },
    problems: reading,
  },
  giveCreditLevel: {
    summary: 'Give a firm a level 信用等级认定: for the agency the scheme belongs to',
    tag: 'Credit',
    description:
      'Nothing is overwritten: the newest by its own day holds, whenever it was given; a mistake is corrected by a record that names it. What follows elsewhere (a bound on another agency’s level, a factor of risk) begins and ends in the same transaction, and the agencies concerned are told.',
    body: creditRequest,
    headers: ['If-Match'],
    answer: { status: 200, description: 'Kept', schema: creditAnswer },
    problems: ['body-invalid', ...matched, ...writing],
  },
  readDeclarationRisk: {
    summary: 'How likely each agency is to inspect a declaration 查验概率, and why',
    tag: 'Credit',
    description:
      'Every factor with the rule it is by, since when, how well it is established, and what would change it. For the declaration’s trader, the agencies it is filed with (each its own), and operators. Once its lot was drawn it shows what it was drawn with.',
    answer: { status: 200, description: 'One for each agency that draws', schema: pageOf(riskAnswer) },
    problems: reading,
  },
} as const satisfies Record<string, Operation>
