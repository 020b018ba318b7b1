import type { Issue } from '../schemas/issue.ts'
import type { Text } from '../schemas/text.ts'
import { limits } from './limits.ts'

/** Every kind of problem a caller can get: its code is its page (`/problems/<code>`), named by who must act. */
export const problems = {
  'declaration-invalid': { status: 422, en: 'The declaration cannot be accepted', zh: '申报单不能受理' },
  'not-mappable': {
    status: 422,
    en: 'The declaration cannot be written in an agency’s format',
    zh: '申报单无法转换为机构报文',
  },
  'particulars-invalid': { status: 422, en: 'The particulars cannot be accepted', zh: '补充数据不能受理' },
  'documents-unreadable': {
    status: 422,
    en: 'These documents cannot be read',
    zh: '单证无法识别',
  },
  'malformed-body': { status: 400, en: 'The body is not a well-formed document', zh: '请求体格式错误' },
  'body-invalid': { status: 422, en: 'The body is not what is wanted here', zh: '请求内容不符合要求' },
  'invalid-parameter': { status: 400, en: 'A parameter of the request is wrong', zh: '请求参数错误' },
  'idempotency-key-missing': { status: 400, en: 'Idempotency-Key is required', zh: '缺少 Idempotency-Key' },
  'idempotency-key-reused': {
    status: 422,
    en: 'This Idempotency-Key was used with another body',
    zh: 'Idempotency-Key 已用于其他请求',
  },
  unauthenticated: { status: 401, en: 'A valid API key is required', zh: '需要有效的 API 密钥' },
  'signature-invalid': { status: 401, en: 'The signature of the callback is not valid', zh: '回调签名无效' },
  forbidden: { status: 403, en: 'This key may not do that', zh: '该密钥无权执行此操作' },
  'not-found': { status: 404, en: 'There is no such thing here', zh: '未找到' },
  'method-not-allowed': { status: 405, en: 'This method is not possible here', zh: '不支持该方法' },
  'not-as-shown': {
    status: 409,
    en: 'This is not what a dry run showed: make one and confirm it by its digest',
    zh: '与预演内容不符，请先预演并以其摘要确认',
  },
  'not-changeable': { status: 409, en: 'This can no longer be changed', zh: '当前状态下不可修改' },
  'amendment-needed': {
    status: 409,
    en: 'An agency already holds this: it takes an amendment',
    zh: '机构已受理，需办理修撤单',
  },
  'certificate-not-networked': {
    status: 422,
    en: 'Certificates of this type are not checked with their issuer',
    zh: '该类监管证件未实行联网核查',
  },
  'change-pending': {
    status: 409,
    en: 'An amendment or cancellation of it has still to be answered',
    zh: '修撤单尚未办结',
  },
  'declaration-cancelled': { status: 409, en: 'The declaration was cancelled', zh: '申报单已撤销' },
  'change-refused': { status: 422, en: 'An agency would refuse this change', zh: '机构不受理该修撤单' },
  'filing-refused': { status: 422, en: 'This cannot be filed for the declaration', zh: '该申报单不能办理此事项' },
  'complaint-pending': { status: 409, en: 'A complaint about this line is open', zh: '该行已有未办结的投诉' },
  'complaint-step-refused': {
    status: 409,
    en: 'This cannot be done with the complaint as it stands',
    zh: '投诉当前状态下不能办理此步骤',
  },
  'limit-reached': { status: 409, en: 'There are as many of these as there may be', zh: '已达数量上限' },
  'draft-invalid': {
    status: 422,
    en: 'The catalogue would not be in order with this draft',
    zh: '修订稿未通过校验',
  },
  'draft-stale': {
    status: 412,
    en: 'The draft does not change the newest edition: rebase it',
    zh: '修订稿所基于的版次已不是最新，请先更新基准',
  },
  'draft-handed-in': { status: 409, en: 'This draft was handed in', zh: '该草稿已提交申报' },
  'basis-changed': {
    status: 409,
    en: 'The declaration has changed since this draft of it was begun',
    zh: '草稿所依据的申报单其后已变更',
  },
  'rebase-conflict': {
    status: 409,
    en: 'What the draft changes was changed meanwhile',
    zh: '修订稿涉及的条目其间已变更',
  },
  'own-draft': { status: 403, en: 'Nobody decides on what is their own', zh: '不得审批本人起草或修改的内容' },
  'notice-over': { status: 409, en: 'Comments are no longer taken', zh: '公示期已结束，不再接收意见' },
  'nothing-left': {
    status: 409,
    en: 'No edition would hold: say that this is meant',
    zh: '撤回后将无有效版次，请明确确认',
  },
  'own-round': {
    status: 403,
    en: 'Whoever asked for a round does not publish it',
    zh: '评估发起人不得公布该轮结果',
  },
  'replies-over': { status: 409, en: 'Replies are no longer taken', zh: '答复期已结束' },
  'replies-open': { status: 409, en: 'Payees may still reply', zh: '答复期尚未结束' },
  'findings-undecided': { status: 409, en: 'Findings are still to be decided', zh: '尚有评估意见未认定' },
  'endpoint-disabled': {
    status: 409,
    en: 'This endpoint is disabled: enable it first',
    zh: '该接收地址已停用，请先启用',
  },
  'purpose-missing': {
    status: 422,
    en: 'Say for what purpose and for which case',
    zh: '须注明用途与案号',
  },
  'purpose-refused': {
    status: 403,
    en: 'No rule allows this agency that for this purpose',
    zh: '共享目录未允许该部门为此用途查询',
  },
  'waybill-action-refused': {
    status: 409,
    en: 'This cannot be done with the document as it stands, or not by you',
    zh: '单证当前状态或办理人不允许此操作',
  },
  'if-match-stale': { status: 412, en: 'It has changed since you read it', zh: '数据已变更，请重新读取' },
  'body-too-large': { status: 413, en: 'The body is too large', zh: '请求体过大' },
  'unsupported-media-type': { status: 415, en: 'This format is not accepted', zh: '不支持的格式' },
  unintelligible: { status: 422, en: 'The document is kept, but could not be understood', zh: '报文已保存但无法解析' },
  'if-match-missing': { status: 428, en: 'If-Match is required', zh: '缺少 If-Match' },
  'too-many-requests': { status: 429, en: 'Too many requests', zh: '请求过多' },
  unavailable: { status: 503, en: 'Not available at the moment', zh: '暂不可用' },
  defect: { status: 500, en: 'Our mistake', zh: '系统内部错误' },
} as const satisfies Record<string, Text & { status: number }>
export type ProblemCode = keyof typeof problems

/** What a problem says beside its kind. */
export interface ProblemOptions {
  readonly detail?: Text
  readonly errors?: readonly Issue[]
  readonly headers?: Readonly<Record<string, string>>
  readonly cause?: unknown
}

/** A problem on its way to the caller: thrown anywhere, answered as a problem document (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly detail: Text | undefined
  readonly errors: readonly Issue[]
  readonly headers: Readonly<Record<string, string>>
  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(options.detail?.en ?? problems[code].en, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.detail = options.detail
    this.errors = options.errors ?? []
    this.headers = options.headers ?? {}
  }
}

export type Language = 'en' | 'zh'
export const contentLanguage = { en: 'en', zh: 'zh-CN' } as const

/** The language a kept problem document was written in: a replay shows what the first caller was told. */
export function languageOfKept(body: string): Language {
  const { code, title } = JSON.parse(body) as { code: ProblemCode; title: string }
  return title === problems[code].zh ? 'zh' : 'en'
}

/** The language a caller prefers, of the two there are; English when it does not say. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const ranked = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const q = parameters
        .map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1])
        .find((value) => value !== undefined)
      return { tag, weight: q === undefined ? 1 : Number(q) }
    })
    .sort((a, b) => b.weight - a.weight)
  for (const { tag, weight } of ranked) {
    if (weight > 0 && tag.startsWith('zh')) return 'zh'
    if (weight > 0 && tag.startsWith('en')) return 'en'
  }
  return 'en'
}

/** The problem document. `errors` carry both languages; title and detail the caller's. */
export function problemDocument(problem: Problem, about: { instance: string; requestId: string; language: Language }) {
  const kind = problems[problem.code]
  return {
    type: `/problems/${problem.code}`,
    title: kind[about.language],
    status: kind.status,
    detail: (problem.detail ?? kind)[about.language],
    instance: about.instance,
    code: problem.code,
    requestId: about.requestId,
    ...(problem.errors.length > 0 ? shown(problem.errors) : {}),
  }
}

/** Issues as an answer shows them: all of them, unless somebody provoked thousands. */
export const shown = (errors: readonly Issue[]): { errors: readonly Issue[]; moreErrors?: true } =>
  errors.length > limits.issues ? { errors: errors.slice(0, limits.issues), moreErrors: true } : { errors }
