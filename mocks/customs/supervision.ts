/** Supervision letters 监管条件 that are also document codes 随附单证代码, and what they mean in which direction. */
export interface SupervisionLetter {
  readonly zh: string
  readonly direction: 'import' | 'export' | 'both'
  /**
   * `document`: a LicenseDocu row with a number. `quarantine`: the quarantine block instead of a paper. `ban`: prohibited.
   * `used-ban`: prohibited when used. `attached`: a document that is attached by choice or by procedure, never asked for by an HS code.
   */
  readonly asks: 'document' | 'quarantine' | 'ban' | 'used-ban' | 'attached'
}

/** Trade modes 监管方式 in which x and v stand for 4 and 7 (加工贸易), and in which y stands for 4 (边境小额). */
export const processingModes: ReadonlySet<string> = new Set(['0214', '0255', '0615', '0654'])
export const borderPettyModes: ReadonlySet<string> = new Set(['4019'])

/** Source of letters and names: China Single Window parameter table 监管证件代码, 2019/20 edition; directions read from the names. */
export const supervisionLetters: ReadonlyMap<string, SupervisionLetter> = new Map(
  (
    [
      ['1', '进口许可证', 'import', 'document'],
      ['2', '两用物项和技术进口许可证', 'import', 'document'],
      ['3', '两用物项和技术出口许可证', 'export', 'document'],
      ['4', '出口许可证', 'export', 'document'],
      ['5', '纺织品临时出口许可证', 'export', 'attached'],
      ['6', '旧机电产品禁止进口', 'import', 'used-ban'],
      ['7', '自动进口许可证', 'import', 'document'],
      ['8', '禁止出口商品', 'export', 'ban'],
      ['9', '禁止进口商品', 'import', 'ban'],
      ['A', '检验检疫', 'import', 'quarantine'],
      ['B', '电子底账', 'export', 'quarantine'],
      ['D', '毛坯钻石进出境检验', 'both', 'document'],
      ['E', '濒危物种允许出口证明书', 'export', 'document'],
      ['F', '濒危物种允许进口证明书', 'import', 'document'],
      ['G', '两用物项和技术出口许可证(定向)', 'export', 'document'],
      ['H', '港澳OPA纺织品证明', 'both', 'attached'],
      ['I', '麻醉药品精神药物进出口准许证', 'both', 'document'],
      ['J', '黄金及黄金制品进出口准许证', 'both', 'document'],
      ['K', '深加工结转申请表', 'both', 'attached'],
      ['L', '药品进出口准许证', 'both', 'document'],
      ['M', '密码产品和设备进口许可证', 'import', 'document'],
      ['O', '自动进口许可证(新旧机电产品)', 'import', 'document'],
      ['P', '固体废物进口许可证', 'import', 'document'],
      ['Q', '进口药品通关单', 'import', 'document'],
      ['R', '进口兽药通关单', 'import', 'document'],
      ['S', '农药进出口登记管理放行通知单', 'both', 'document'],
      ['U', '合法捕捞产品通关证明', 'import', 'document'],
      ['V', '人类遗传资源材料出口、出境证明', 'export', 'document'],
      ['X', '有毒化学品环境管理放行通知单', 'both', 'document'],
      ['Y', '原产地证明', 'both', 'attached'],
      ['Z', '赴境外加工光盘进口备案证明', 'import', 'document'],
      ['a', '保税核注清单', 'both', 'attached'],
      ['b', '进口广播电影电视节目带(片)提取单', 'import', 'document'],
      ['c', '内销征税联系单', 'both', 'attached'],
      ['d', '援外项目任务通知函', 'both', 'attached'],
      ['e', '关税配额外优惠税率进口棉花配额证', 'import', 'document'],
      ['f', '音像制品（成品）进口批准单', 'import', 'document'],
      ['g', '技术出口合同登记证', 'export', 'attached'],
      ['h', '核增核扣表', 'both', 'attached'],
      ['i', '技术出口许可证', 'export', 'attached'],
      ['k', '民用爆炸物品进出口审批单', 'both', 'document'],
      ['m', '银行调运人民币现钞进出境证明', 'both', 'document'],
      ['n', '音像制品（版权引进）批准单', 'import', 'attached'],
      ['q', '国别关税配额证明', 'import', 'attached'],
      ['r', '预归类标志', 'both', 'attached'],
      ['s', '适用ITA税率的商品用途认定证明', 'import', 'attached'],
      ['t', '关税配额证明', 'import', 'document'],
      ['v', '自动进口许可证(加工贸易)', 'import', 'document'],
      ['x', '出口许可证(加工贸易)', 'export', 'document'],
      ['y', '出口许可证(边境小额贸易)', 'export', 'document'],
      ['z', '古生物化石出境批件', 'export', 'document'],
    ] as const
  ).map(([letter, zh, direction, asks]) => [letter, { zh, direction, asks }]),
)

/**
 * The letters of an HS code that speak to this direction and trade mode. Of 4, x and y (and of 7 and v) exactly one stands:
 * x and v for processing trade, y for border petty trade, 4 and 7 otherwise. Letters that no table explains ask for nothing.
 */
export function lettersInForce(
  letters: readonly string[],
  direction: 'import' | 'export',
  tradeMode: string,
): string[] {
  const processing = processingModes.has(tradeMode)
  const petty = borderPettyModes.has(tradeMode)
  const replaced: { readonly [letter: string]: boolean } = {
    4: (processing && letters.includes('x')) || (petty && letters.includes('y')),
    7: processing && letters.includes('v'),
    x: !processing,
    v: !processing,
    y: !petty,
  }
  return letters.filter((letter) => {
    const known = supervisionLetters.get(letter)
    return known !== undefined && (known.direction === direction || known.direction === 'both') && !replaced[letter]
  })
}
