import type { Text } from '../../schemas/text.ts'
import type { Role } from '../db/keys.ts'
import type { IconName } from './icons.ts'

/** A part of the window 栏目, with its pages as the navigation names them. */
export interface Section {
  readonly name: Text
  readonly icon: IconName
  /** Whose it is; absent: everybody's. */
  readonly roles?: readonly Role[]
  readonly pages: { readonly [id: string]: Place }
}
export interface Place {
  readonly href: string
  readonly name: Text
  /** Who is shown the way, where not all of the section are; what somebody may do the interface decides. */
  readonly roles?: readonly Role[]
}

/** The whole window, in the order of its navigation. An id is what a page says it is `at`. */
export const sections = {
  declarations: {
    name: { en: 'Declarations', zh: '申报' },
    icon: 'document-text',
    roles: ['trader', 'admin'],
    pages: {
      board: { href: '/declarations', name: { en: 'Board', zh: '申报总览' } },
      drafts: { href: '/drafts', name: { en: 'Drafts', zh: '草稿' }, roles: ['trader'] },
      newDraft: { href: '/drafts/new', name: { en: 'New declaration', zh: '新建申报' }, roles: ['trader'] },
    },
  },
  integration: {
    name: { en: 'Integration', zh: '系统对接' },
    icon: 'beaker',
    roles: ['integrator', 'trader', 'payee', 'admin'],
    pages: {
      simulator: { href: '/simulator', name: { en: 'Simulator', zh: '模拟器' }, roles: ['integrator', 'admin'] },
      journal: { href: '/simulator/journal', name: { en: 'Journal', zh: '交互日志' }, roles: ['integrator', 'admin'] },
      scenarios: {
        href: '/simulator/scenarios',
        name: { en: 'Scenarios', zh: '场景与故障' },
        roles: ['integrator', 'admin'],
      },
      conformance: {
        href: '/conformance',
        name: { en: 'Conformance', zh: '符合性测试' },
        roles: ['integrator', 'admin'],
      },
      webhooks: {
        href: '/webhooks',
        name: { en: 'Webhooks', zh: '推送地址' },
        roles: ['trader', 'payee', 'integrator'],
      },
      keys: { href: '/keys', name: { en: 'Keys', zh: '接口密钥' } },
    },
  },
  operations: {
    name: { en: 'Operations', zh: '运维' },
    icon: 'wrench-screwdriver',
    roles: ['admin'],
    pages: {
      operations: { href: '/operations', name: { en: 'Lanes', zh: '通道' } },
      stuck: { href: '/operations/stuck', name: { en: 'Stuck', zh: '滞留' } },
      replays: { href: '/operations/replays', name: { en: 'Replays', zh: '重发' } },
      receipts: { href: '/operations/receipts', name: { en: 'Unknown receipts', zh: '无主回执' } },
      rules: { href: '/operations/rules', name: { en: 'Rule tables', zh: '规则表' } },
      certificates: { href: '/operations/certificates', name: { en: 'Certificates', zh: '监管证件' } },
      audit: { href: '/operations/audit', name: { en: 'Audit', zh: '审计' } },
    },
  },
  fees: {
    name: { en: 'Port fees', zh: '口岸收费' },
    icon: 'banknotes',
    pages: {
      fees: { href: '/fees', name: { en: 'Fee catalogue', zh: '收费目录' } },
      editions: { href: '/fees/editions', name: { en: 'Editions', zh: '历次公布' } },
      assessments: { href: '/fees/assessments', name: { en: 'Assessments', zh: '定期评估' } },
      quote: { href: '/fees/quote', name: { en: 'Quote', zh: '费用测算' } },
      billCheck: { href: '/fees/bill-check', name: { en: 'Check a bill', zh: '账单核对' } },
      admin: { href: '/admin/fees', name: { en: 'Catalogue work', zh: '目录管理' }, roles: ['admin', 'payee'] },
    },
  },
  open: {
    name: { en: 'Open data', zh: '信息公开' },
    icon: 'chart-bar',
    pages: {
      statistics: { href: '/statistics', name: { en: 'Clearance times', zh: '通关统计' } },
      draws: { href: '/draws', name: { en: 'Open draw', zh: '双随机抽查' } },
      codes: { href: '/codes', name: { en: 'Code lists', zh: '代码表' } },
    },
  },
} as const satisfies { readonly [id: string]: Section }

export type SectionId = keyof typeof sections
export type PlaceId = { [S in SectionId]: keyof (typeof sections)[S]['pages'] }[SectionId] | 'home'

const all: readonly Section[] = Object.values(sections)
const isFor = (roles: readonly Role[] | undefined, role: Role | undefined): boolean =>
  roles === undefined || (role !== undefined && roles.includes(role))

/** The sections somebody is shown the way to, each with its pages. */
export const sectionsFor = (role: Role | undefined) =>
  all
    .filter(({ roles }) => isFor(roles, role))
    .map((section) => ({
      section,
      pages: Object.entries(section.pages)
        .filter(([, place]) => isFor(place.roles, role))
        .map(([id, place]) => ({ id, ...place })),
    }))

const homes: { readonly [role in Role]?: string } = {
  trader: sections.declarations.pages.board.href,
  integrator: sections.integration.pages.simulator.href,
  admin: sections.operations.pages.operations.href,
  payee: sections.fees.pages.admin.href,
}
/** Where somebody's work begins. */
export const homeOf = (role: Role | undefined): string => (role === undefined ? '/' : (homes[role] ?? '/'))

/** Where pages live: the first part of their paths. */
export const pageRoots = [
  'fees',
  'admin',
  'statistics',
  'sign-in',
  'sign-out',
  'declarations',
  'drafts',
  'simulator',
  'conformance',
  'webhooks',
  'keys',
  'operations',
  'draws',
  'codes',
  'try',
] as const
