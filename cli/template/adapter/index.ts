import type { Adapter, Procedure } from 'yuchuang/adapter'
import { checkNotice } from './check.ts'
import { decode } from './decode.ts'
import { encodeNotice, inquireNotice } from './encode.ts'
import { missingInNotice, type NoticeParticulars, noticeParticulars } from './particulars.ts'

/** Goods that are told of: live plants, chapter 06 of the tariff. Source: specification §1. */
const chapter = '06'

/** Goods are told of before they move 货物通报. */
const notice: Procedure<NoticeParticulars> = {
  name: { en: 'Notice of goods', zh: '货物通报' },
  replies: 'pushed',
  statuses: ['acknowledged', 'approved', 'refused'],
  particulars: noticeParticulars,
  applies: ({ goodsShipment }) =>
    goodsShipment.items.some(({ hsCode }) => hsCode.startsWith(chapter))
      ? { files: true, because: { en: 'There are live plants among the goods', zh: '货物中有活植物' } }
      : { files: false, because: { en: 'No live plants among the goods', zh: '货物中没有活植物' } },
  releases: true,
  missing: missingInNotice,
  check: checkNotice,
  encode: encodeNotice,
  encodeInquiry: inquireNotice,
}

/** 样板机构: its decisions are pushed. */
export const templateid: Adapter = {
  name: { en: 'Template station', zh: '样板机构' },
  procedures: { notice },
  references: { 'notice-number': { en: 'Notice number', zh: '通报编号' } },
  decode,
}
