/** What somebody writes into the places a new agency leaves open: of each file the lines that were there, and those that come. */
export const written: readonly { readonly file: string; readonly was: string; readonly becomes: string }[] = [
  {
    file: 'encode.ts',
    was: "const goodsLines: (declaration: Submission['declaration']) => readonly object[] = () => []\n",
    becomes: `const goodsLines = ({ goodsShipment }: Submission['declaration']): readonly object[] =>
  goodsShipment.items.map(({ sequence, hsCode, name, quantity }) => ({
    line: sequence, // 序号
    code: hsCode, // 商品编号
    name, // 品名
    quantity: quantity?.value, // 数量
    unit: quantity?.unitCode, // 计量单位
  }))
`,
  },
  {
    file: 'codes.ts',
    was: "  REFUSED: { status: 'refused' }, // 不予接受\n",
    becomes: `  PASSED: { status: 'approved', lifts: ['inspection'] }, // 准予放行
  HELD: { sets: ['inspection'] }, // 待查验
  REFUSED: { status: 'refused' }, // 不予接受
`,
  },
]
