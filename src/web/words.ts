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
  menu: { en: 'Menu', zh: '菜单' },
  sections: { en: 'Sections', zh: '栏目' },
  notSaved: { en: 'This could not be saved', zh: '未能保存' },
  signInAgain: {
    en: 'You are not signed in any more. Sign in in another tab, then save here again: what you wrote is kept on this page.',
    zh: '登录已失效。请在新标签页登录后返回此页再次保存，您填写的内容仍在本页。',
  },
  back: { en: 'Back to where your work begins', zh: '返回工作首页' },
  signIn: { en: 'Sign in', zh: '登录' },
  signOut: { en: 'Sign out', zh: '退出' },
  reference: { en: 'API reference', zh: '接口文档' },
  otherLanguage: { en: '中文', zh: 'English' },
} as const satisfies Record<string, Text>
