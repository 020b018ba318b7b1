import * as z from 'zod'
import { text } from '../text.ts'
import { ruleTable } from './table.ts'

/** Which forms of transport document there are under one number 一单制单证形式, and which of them may be documents of title 物权凭证. */
export const waybillForms = ruleTable({
  id: 'waybill-forms',
  title: { en: 'Forms of the single transport document', zh: '一单制单证形式' },
  purpose: {
    en: 'Whether a single document of a form may be negotiable: issued to order, endorsed, and given up against the goods. Articles 37 and 38 of the regulations of the pilot zone ask for the single document and for rail documents as documents of title; they do not say which.',
    zh: '确定某一形式的一单制单证可否为物权凭证（指示提单、背书转让、凭单提货）。条例第三十七、三十八条要求推进一单制和铁路运输单证物权化，未规定具体形式。',
  },
  row: z.strictObject({
    form: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
    name: text,
    negotiable: z.boolean(),
    because: text,
  }),
  contradictions: (rows) =>
    rows.flatMap(({ form }, row) =>
      rows.findIndex((other) => other.form === form) === row
        ? []
        : [{ row, why: { en: `${form} stands twice`, zh: `${form} 重复` } }],
    ),
})
