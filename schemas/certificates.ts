import * as z from 'zod'
import { text } from './text.ts'

/**
 * What an issuer may have against the use of a certificate 比对结果, in our own words; issuers' codes are mapped to these. The
 * first nine stand for the comparison results of the old 通关单 network (0 to 8), the others are added by this project.
 */
export const certificateFindings = {
  'certificate-not-found': { en: 'The issuer has no such certificate', zh: '发证机关无此证件数据' },
  'certificate-void': { en: 'The certificate is void, or not valid today', zh: '证件已作废或不在有效期内' },
  'certificate-holder': { en: 'The certificate is another firm’s', zh: '证件持有人与申报企业不符' },
  'certificate-hs': { en: 'The goods are not those of the certificate', zh: '商品编号与证件不符' },
  'certificate-port': { en: 'The certificate does not hold at this port', zh: '口岸与证件不符' },
  'certificate-quantity': { en: 'More than is left on the certificate', zh: '超出证件剩余数量' },
  'certificate-used-up': { en: 'The certificate is used up', zh: '证件使用次数已用完' },
  'certificate-direction': { en: 'The certificate is for the other direction', zh: '证件进出口方向不符' },
  'certificate-origin': { en: 'The certificate does not hold for this origin', zh: '原产地与证件不符' },
  'certificate-value': { en: 'More value than is left on the certificate', zh: '超出证件剩余金额' },
  'certificate-unit': {
    en: 'None of the quantities declared can be converted to the unit of the certificate',
    zh: '申报的计量单位无法换算为证件计量单位',
  },
  'certificate-not-accredited': {
    en: 'Its issuer is not an accredited inspection body',
    zh: '出具机构不是被采信的检验机构',
  },
  'certificate-outside-scope': {
    en: 'The goods are outside what its issuer is accredited for',
    zh: '商品不在出具机构的采信范围内',
  },
  'certificate-refused': { en: 'The issuer refuses the use of the certificate', zh: '发证机关不同意使用该证件' },
} as const
export type CertificateFinding = keyof typeof certificateFindings
export const isCertificateFinding = (code: string): code is CertificateFinding =>
  Object.hasOwn(certificateFindings, code)

const quantity = z.object({ value: z.string(), unitCode: z.string() })
const value = z.object({ amount: z.string(), currency: z.string() })

/** One line of goods a certificate lets pass, with every quantity it is declared in: the first that converts to the certificate's unit counts. */
export const certificateLine = z.object({
  pointer: z.string().describe('the line of goods in the declaration'),
  sequence: z.int(),
  hsCode: z.string(),
  originCountry: z.string(),
  quantities: z.array(quantity),
  value: value.optional(),
})
export type CertificateLine = z.infer<typeof certificateLine>

/** What a declaration wants to use of one certificate 监管证件使用. */
export const certificateUse = z.object({
  typeCode: z.string(),
  number: z.string(),
  pointer: z.string().describe('where the declaration names it'),
  holder: z.string().optional().describe('the firm that must hold it'),
  direction: z.enum(['import', 'export']),
  officeId: z.string().describe('customs office of entry or exit'),
  lines: z.array(certificateLine),
})
export type CertificateUse = z.infer<typeof certificateUse>

/** A certificate as its issuer describes it to its holder. */
export const certificateFacts = z.object({
  holder: z.string(),
  direction: z.enum(['import', 'export', 'both']),
  hsPrefixes: z.array(z.string()),
  origins: z.array(z.string()).describe('empty: any'),
  offices: z.array(z.string()).describe('empty: any'),
  validFrom: z.string(),
  validTo: z.string(),
  quantity: quantity.optional().describe('absent: it is not for a quantity'),
  value: value.optional(),
  uses: z.int().optional().describe('how often it may be used; absent: without limit'),
  issuedBy: z
    .string()
    .optional()
    .describe('credit code of the body that issued it, where the issuer keeps the reports of several'),
})
export type CertificateFacts = z.infer<typeof certificateFacts>

/** Where a use stands 证件使用状态. */
export const useStatuses = {
  wanted: { en: 'To be reserved', zh: '待预留' },
  reserved: { en: 'Reserved', zh: '已预留' },
  refused: { en: 'Refused by the issuer', zh: '发证机关不予使用' },
  committed: { en: 'Written off', zh: '已核销' },
  released: { en: 'Given back', zh: '已释放' },
} as const
export const useStatus = z.enum(Object.keys(useStatuses) as [keyof typeof useStatuses])
export type UseStatus = z.infer<typeof useStatus>

const decimal = z.string()
const instant = z.iso.datetime({ offset: true })
const finding = z.object({ code: z.string(), pointer: z.string(), detail: z.string(), detailZh: z.string() })

export const certificateUseAnswer = z.object({
  id: z.string().describe('our own number of the reservation at the issuer'),
  declarationId: z.string(),
  filingId: z.string(),
  typeCode: z.string(),
  number: z.string(),
  issuer: z.string(),
  issuerName: text,
  pointer: z.string(),
  status: useStatus,
  statusName: text,
  asking: z.enum(['reserve', 'commit', 'release']).optional().describe('what is still to be told to the issuer'),
  quantity: quantity.optional().describe('in the unit of the certificate'),
  unknown: z.boolean().describe('an answer of the issuer never came'),
  unreachableSince: instant.optional(),
  nextAttemptAt: instant.optional(),
  error: z.string().optional(),
  findings: z.array(finding),
  reference: z.string().optional().describe('the issuer’s own number of the reservation'),
  replaces: z.string().optional().describe('the use it takes the place of'),
  rule: z.object({ table: z.string(), validFrom: z.string(), source: z.string() }),
  at: instant,
  updatedAt: instant,
})

export const ledgerEntryAnswer = z.object({
  useId: z.string(),
  kind: z.enum(['reserve', 'commit', 'release', 'reverse', 'succeed']),
  reserved: decimal,
  committed: decimal,
  uses: z.int(),
  at: instant,
})

export const certificateAnswer = z.object({
  typeCode: z.string(),
  number: z.string(),
  issuer: z.string(),
  issuerName: text,
  facts: certificateFacts.optional().describe('as the issuer told last; absent before it did'),
  seenAt: instant.optional(),
  unconfirmed: z.int().describe('uses of which its issuer is still to be told something'),
  balance: z.object({
    reserved: decimal,
    committed: decimal,
    remaining: decimal.optional().describe('without the tolerance; absent where the certificate is not for a quantity'),
    unitCode: z.string().optional(),
    usesTaken: z.int(),
    usesLeft: z.int().optional(),
  }),
  uses: z.array(certificateUseAnswer),
  ledger: z.array(ledgerEntryAnswer),
})

/** A certificate a trader wants to check before it declares. */
export const verifyRequest = z.strictObject({
  typeCode: z.string().min(1).max(3),
  number: z.string().min(1).max(40),
  direction: z.enum(['import', 'export']),
  officeId: z.string().regex(/^\d{4}$/),
  lines: z
    .array(
      z.strictObject({
        hsCode: z.string().regex(/^\d{6,10}$/),
        originCountry: z.string().regex(/^[A-Z]{2}$/),
        quantity: z.strictObject({
          value: z.string().regex(/^(0|[1-9]\d{0,13})(\.\d{1,5})?$/),
          unitCode: z.string().regex(/^[A-Z0-9]{2,5}$/),
        }),
        value: z
          .strictObject({
            amount: z.string().regex(/^(0|[1-9]\d{0,13})(\.\d{1,2})?$/),
            currency: z.string().regex(/^[A-Z]{3}$/),
          })
          .optional(),
      }),
    )
    .min(1)
    .max(50),
})
export type VerifyRequest = z.infer<typeof verifyRequest>

export const verifyAnswer = z.object({
  verdict: z
    .enum(['yes', 'no', 'unreachable'])
    .describe('`unreachable`: the issuer gave no answer that could be understood in time'),
  issuer: z.string(),
  issuerName: text,
  findings: z.array(finding),
  facts: certificateFacts.optional(),
  rule: z.object({ table: z.string(), validFrom: z.string(), source: z.string() }),
})
