import { fold, partsOf, spellings } from './fold.ts'

/** Packages 包装种类 as packing lists name them, by UN/ECE Rec 21. */
const known = spellings({
  CT: 'ctn | ctns | carton | cartons | fibreboard box | 纸箱 | 箱 | 纸板箱',
  '4C': 'wooden case | wooden cases | wooden box | wooden boxes | w case | w cases | crate | crates | 木箱',
  BX: 'box | boxes | case | cases | 盒',
  BG: 'bag | bags | sack | sacks | 袋 | 包 | 包袋 | 编织袋',
  DR: 'drum | drums | barrel | barrels | steel drum | steel drums | 桶 | 铁桶 | 钢桶',
  PX: 'pallet | pallets | plt | plts | plts | 托 | 托盘 | 木托 | 栈板 | 板',
  PK: 'pkg | pkgs | package | packages | pk | pks | 件 | 包装',
  VO: 'bulk | in bulk | 散装',
  NE: 'nude | unpacked | nude cargo | 裸装',
})
/** Words that leave open which of several kinds it is. */
const others: Readonly<Record<string, readonly string[]>> = {
  箱: ['BX', '4C'],
  box: ['CT', '4C'],
  boxes: ['CT', '4C'],
  case: ['4C', 'CT'],
  cases: ['4C', 'CT'],
  package: ['CT', 'PX'],
  packages: ['CT', 'PX'],
  pkg: ['CT', 'PX'],
  pkgs: ['CT', 'PX'],
  件: ['CT', 'PX'],
  pallet: ['8A'],
  pallets: ['8A'],
  plt: ['8A'],
  plts: ['8A'],
  托: ['8A'],
  托盘: ['8A'],
  栈板: ['8A'],
}

/** The package type a word stands for; `others` where the word leaves it open. */
export function packageOf(word: string): { readonly code: string; readonly others: readonly string[] } | undefined {
  const folded = fold(word)
  const { han, latin } = partsOf(folded)
  // Of two languages the one that leaves nothing open.
  const found = [folded, han, latin].flatMap((name) => {
    const code = known.get(name)
    return code === undefined ? [] : [{ code, others: Object.hasOwn(others, name) ? (others[name] ?? []) : [] }]
  })
  return found.find((one) => one.others.length === 0) ?? found[0]
}
