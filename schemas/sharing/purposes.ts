import * as z from 'zod'
import type { Text } from '../text.ts'

/** What an agency may read for 用途: a closed list, each with what it means. What is none of these is read by nobody. */
export const purposes = {
  'arrival-match': {
    en: 'Matching what arrives with what was said to have left',
    zh: '到港比对：核对到达的箱货与启运申报是否一致',
  },
  'crew-and-goods-match': {
    en: 'Matching people and conveyance with the goods they carry, on entry and exit',
    zh: '人货比对：出入境时核对人员、运输工具与所载货物',
  },
  investigation: {
    en: 'Investigating a case that was opened, under its number',
    zh: '案件调查：已立案案件的调查取证，须注明案号',
  },
  'payment-verification': {
    en: 'Verifying that a receipt or a payment abroad has a trade behind it',
    zh: '收付汇核验：核验货物贸易收付汇的真实贸易背景',
  },
  'refund-review': {
    en: 'Reviewing a claim for the refund of tax on exports',
    zh: '出口退税审核：审核出口退（免）税申报',
  },
  'risk-assessment': {
    en: 'Deciding which consignments to look at more closely',
    zh: '风险研判：确定需要重点核查的货物与企业',
  },
  statistics: { en: 'Statistics, without who traded', zh: '统计：不涉及交易主体' },
  'vessel-safety': {
    en: 'The safety of ships and of dangerous goods on board',
    zh: '船舶安全：船舶及船载危险货物的安全监督',
  },
} as const satisfies { readonly [id: string]: Text }

export type Purpose = keyof typeof purposes
export const purpose = z.enum(Object.keys(purposes) as [Purpose, ...Purpose[]])
