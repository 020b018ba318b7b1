import type { Text } from '../../schemas/text.ts'
import type { Language } from '../problem.ts'

/** A text in the visitor's language. */
export const say = (language: Language, text: Text): string => text[language]

/** What stands between a name and what it is of: a full-width colon in Chinese. */
export const colon = (language: Language): string => (language === 'zh' ? '：' : ': ')

/** What every page says. */
export const words = {
  title: { en: 'Yuchuang', zh: '渝窗' },
  about: { en: 'International Trade Single Window', zh: '国际贸易“单一窗口”' },
  skip: { en: 'Skip to content', zh: '跳到正文' },
  fees: { en: 'Fee catalogue', zh: '收费目录' },
  editions: { en: 'Editions', zh: '历次公布' },
  assessments: { en: 'Assessments', zh: '定期评估' },
  quote: { en: 'Quote', zh: '费用测算' },
  statistics: { en: 'Statistics', zh: '通关统计' },
  billCheck: { en: 'Check a bill', zh: '账单核对' },
  admin: { en: 'Catalogue work', zh: '目录管理' },
  signIn: { en: 'Sign in', zh: '登录' },
  signOut: { en: 'Sign out', zh: '退出' },
  reference: { en: 'API reference', zh: '接口文档' },
  otherLanguage: { en: '中文', zh: 'English' },
} as const satisfies Record<string, Text>
