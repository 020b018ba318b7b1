import type { CreditScheme } from '../adapter.ts'

/**
 * Credit levels of firms with customs 海关企业信用等级: five by GACC Order 282, in force since 2026-04-01. The order uses names only, the codes are this
 * project's. Before, Order 251 had 高级认证, 常规 and 失信.
 */
export const credit: CreditScheme = {
  scheme: 'customs-credit',
  name: { en: 'Customs credit level', zh: '海关企业信用等级' },
  source: 'GACC Order 282 (in force 2026-04-01); before it Order 251',
  levels: [
    { code: 'AEO_ADVANCED', name: { en: 'Advanced certified (AEO)', zh: '高级认证企业' }, rank: 1, published: true },
    { code: 'AEO', name: { en: 'Certified (AEO)', zh: '认证企业' }, rank: 2, published: true },
    { code: 'REGULAR', name: { en: 'Regular', zh: '常规企业' }, rank: 3, published: false },
    { code: 'DISHONEST', name: { en: 'Discredited', zh: '失信企业' }, rank: 4, published: true },
    {
      code: 'SERIOUSLY_DISHONEST',
      name: { en: 'Seriously discredited', zh: '严重失信企业' },
      rank: 5,
      published: true,
    },
  ],
  publication: {
    because: {
      en: 'Customs makes its lists of certified and of discredited firms public; the article that orders it was not read',
      zh: '海关公示认证企业和失信企业名单；所依据条款尚未核对',
    },
    evidence: 'assumed',
    checked: '2026-11-22',
  },
}
