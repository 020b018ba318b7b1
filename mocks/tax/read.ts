/** Reads what is handed in 申报数据: the shape of a claim and of payment certificates, every value a text. */
import * as z from 'zod'
import type { Doubt } from './write.ts'

const blank = z.literal('')
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u)
const optional = (max: number) => z.union([text(max), blank]).optional()
const decimal = (scale: number) => z.string().regex(new RegExp(`^(0|[1-9]\\d{0,13})(\\.\\d{1,${scale}})?$`))
const money = decimal(2)
const amount = decimal(6)
const positive = (shape: z.ZodString) => shape.refine((value) => /[1-9]/.test(value), '须大于零')
const rate = z.string().regex(/^(0|1|0\.\d{1,4})$/)
const day = z.iso.date()
const sequence = z.string().regex(/^[1-9]\d{0,2}$/)
const month = z.string().regex(/^20\d{2}(0[1-9]|1[0-2])$/)
const commodity = z.string().regex(/^\d{10}$/)
const entryItem = z.string().regex(/^\d{21}$/)
const link = z.string().regex(/^\d{17}$/)

const head = z.strictObject({
  ourReference: z.string().regex(/^[A-Z0-9]{1,20}$/),
  messageId: z.string().regex(/^[A-Za-z0-9-]{1,35}$/),
  traderReference: text(36),
  submittedAt: z.iso.datetime({ offset: true }),
})
const taxpayer = z.strictObject({ nsrsbh: z.string().regex(/^[0-9A-Z]{18}$/), nsrmc: text(128) })

const exportRow = z.strictObject({
  sbxh: sequence,
  glh: link,
  ckfph: text(64),
  ckbgdh: entryItem,
  dlzmh: optional(20),
  ckrq: day,
  cksp_dm: commodity,
  sbhgspmc: text(200),
  hgjldwmc: text(20),
  cksl: positive(amount),
  dzxxsl: z.union([positive(amount), blank]).optional(),
  mylaj: positive(money),
  rmblaj: positive(money),
  sbspdm: z.union([commodity, blank]).optional(),
  cktmsywlxdmjh: optional(20),
  bz: optional(200),
})
export type ExportRow = z.infer<typeof exportRow>

const purchaseRow = z.strictObject({
  sbxh: sequence,
  glh: link,
  sz: z.enum(['V', 'C']),
  jhpzh: z.string().regex(/^[0-9A-Z-]{1,64}$/),
  ghfnsrsbh: z.string().regex(/^[0-9A-Z]{15,20}$/),
  kprq: day,
  cksp_dm: commodity,
  spmc: text(200),
  jldwmc: text(20),
  sl: positive(amount),
  jsje: positive(money),
  fpje: z.union([positive(money), blank]).optional(),
  zssl: rate,
  zsse: money,
  tsl: rate,
  tse: money,
  bz: optional(200),
})
export type PurchaseRow = z.infer<typeof purchaseRow>

const collectionRow = z.strictObject({
  ckbgdh: entryItem,
  shrq: day,
  shpzh: text(64),
  shbz: z.string().regex(/^[A-Z]{3}$/),
  shje: positive(money),
  yhywbh: optional(22),
  fhr: text(128),
})

const claimed = {
  sbb: z.strictObject({
    ssq: month,
    sbpc: z.string().regex(/^\d{3}$/),
    sqtse: money,
    ckmxhs: sequence,
    jhmxhs: sequence,
  }),
  ckmx: z.array(exportRow).min(1).max(999),
  jhmx: z.array(purchaseRow).min(1).max(999),
  shqk: z.array(collectionRow).max(999),
}
const claim = z.strictObject({ head, taxpayer, ...claimed })
export type Claim = z.infer<typeof claim>

const certificateRow = z.strictObject({
  sbxh: sequence,
  jkshm: z.string().regex(/^\d{18}-L\d{2}$/),
  bgdh: z.string().regex(/^\d{18}$/),
  tfrq: day,
  wsjg: z.union([money, blank]).optional(),
  se: positive(money),
})

const listed = { ssq: month, jks: z.array(certificateRow).min(1).max(50) }
const certificates = z.strictObject({ head, taxpayer, ...listed })
export type Certificates = z.infer<typeof certificates>

/** What an application to change a filing says of it 变更信息. */
const bg = z.strictObject({
  ysbbh: z.string().regex(/^[A-Z0-9]{1,20}$/),
  yslbh: z.string().regex(/^T\d{18}$/),
  bgyy: text(200),
  jbr: optional(20),
  lxdh: optional(20),
})
const amendment = z.union([
  z.strictObject({ head, taxpayer, bg, ...claimed }),
  z.strictObject({ head, taxpayer, bg, ...listed }),
])
export type Amendment = z.infer<typeof amendment>
const withdrawal = z.strictObject({ head, taxpayer, bg })
export type Withdrawal = z.infer<typeof withdrawal>

/** What each procedure hands in. */
export interface Documents {
  readonly refund: Claim
  readonly 'payment-certificate': Certificates
  readonly amendment: Amendment
  readonly cancellation: Withdrawal
}
const shapes = { refund: claim, 'payment-certificate': certificates, amendment, cancellation: withdrawal } as const

/** The numbers of a document, as far as they can be read. */
export type Head = z.infer<typeof head>

export type Reading<D> =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'malformed'; readonly head: Partial<Head>; readonly faults: readonly Doubt[] }
  | { readonly kind: 'read'; readonly document: D }

/** Reads a body handed in for a procedure; every structural fault at once. */
export function read<P extends keyof Documents>(procedure: P, body: string): Reading<Documents[P]> {
  const json = parse(body)
  if (json === undefined) return { kind: 'unreadable' }
  const shape = shapes[procedure] as unknown as z.ZodType<Documents[P]>
  const parsed = shape.safeParse(json)
  if (parsed.success) return { kind: 'read', document: parsed.data }
  return { kind: 'malformed', head: partialHead(json), faults: parsed.error.issues.flatMap(faultsOf) }
}

function parse(body: string): object | undefined {
  try {
    const json: unknown = JSON.parse(body)
    return typeof json === 'object' && json !== null ? json : undefined
  } catch {
    // Not JSON is an answer of its own (TX-1000), not a failure of this office.
    return undefined
  }
}

/** Which of the numbers are good enough to answer under. */
function partialHead(json: object): Partial<Head> {
  const given: unknown = 'head' in json ? json.head : undefined
  if (typeof given !== 'object' || given === null) return {}
  const good = Object.entries(head.shape).flatMap(([name, shape]) => {
    const value: unknown = Reflect.get(given, name)
    return shape.safeParse(value).success ? [[name, value]] : []
  })
  return Object.fromEntries(good) as Partial<Head>
}

/** Of an application to amend: the faults of the content that comes nearest. */
function faultsOf(issue: z.core.$ZodIssue): Doubt[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [structuralFault(issue)]
  const [nearest = []] = [...issue.errors].sort((a, b) => a.length - b.length)
  return nearest.map((one) => structuralFault({ ...one, path: [...issue.path, ...one.path] }))
}

function structuralFault(issue: z.core.$ZodIssue): Doubt {
  const [list] = issue.path
  const rows = ['ckmx', 'jhmx', 'shqk', 'jks', 'sbb'] as const
  return {
    list: rows.find((name) => name === list) ?? '',
    sbxh: typeof issue.path[1] === 'number' ? String(issue.path[1] + 1) : '',
    field: issue.path.map((step) => `/${String(step)}`).join(''),
    code: 'YD-00',
    text: `报文结构或格式错误：${issue.message}`,
    level: 'E',
    waivable: 'N',
  }
}
