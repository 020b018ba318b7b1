import { readFileSync } from 'node:fs'

/** Sample documents 示例单证 for trying proposals from documents: real layout, every firm and number invented. Each matches a sample declaration. */
export const sampleDocuments = {
  'laptops-invoice': { en: 'Invoice of notebook computers', zh: '笔记本电脑发票' },
  'laptops-packing-list': { en: 'Packing list of notebook computers', zh: '笔记本电脑装箱单' },
  'ev-batteries-invoice': { en: 'Invoice of electric-vehicle batteries', zh: '电动汽车电池发票' },
  'ev-batteries-packing-list': {
    en: 'Packing list of electric-vehicle batteries (GB18030)',
    zh: '电动汽车电池装箱单（GB18030 编码）',
  },
} as const
export type SampleDocument = keyof typeof sampleDocuments

/** A sample document as the CSV file it lies here as. */
export const readSampleDocument = (name: SampleDocument): Buffer =>
  readFileSync(new URL(`documents/${name}.csv`, import.meta.url))
