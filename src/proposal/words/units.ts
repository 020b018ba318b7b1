import { rec20OfUnit } from '../../../schemas/codes/concordance.ts'
import { loadCodeList } from '../../../schemas/codes/index.ts'
import { fold, partsOf, spellings } from './fold.ts'

/** Units 计量单位 as invoices abbreviate them in English, by UN/ECE Rec 20; `CN` codes are measure words customs has a code of its own for. */
const english = spellings({
  C62: 'pc | pcs | piece | pieces | pce | pces | ea | each | unit | units | nos | head | sheet | sheets | roll | rolls | rl | rls',
  SET: 'set | sets | kit | kits',
  PR: 'pr | prs | pair | pairs',
  KGM: 'kg | kgs | kilo | kilos | kilogram | kilograms | kilogramme | kilogrammes | 公斤',
  GRM: 'g | gr | gram | grams | gramme | grammes',
  TNE: 't | ton | tons | tonne | tonnes | mt | mts | metric ton | metric tons | 公吨',
  LBR: 'lb | lbs | pound | pounds',
  MTR: 'm | mtr | mtrs | meter | meters | metre | metres',
  MTK: 'm2 | sqm | sq m | square meter | square meters | square metre | square metres | 平米',
  MTQ: 'm3 | cbm | cubic meter | cubic meters | cubic metre | cubic metres | 立方',
  LTR: 'l | ltr | ltrs | liter | liters | litre | litres',
  DZN: 'dz | doz | dozen | dozens',
  KMT: 'km | kilometer | kilometers',
  KWH: 'kwh',
  CN120: 'ctn | ctns | carton | cartons | case | cases',
  CN140: 'box | boxes',
  CN136: 'bag | bags',
  CN125: 'pack | packs | package | packages | pkg | pkgs',
  CN142: 'bottle | bottles | btl | btls',
  CN123: 'drum | drums | barrel | barrels',
})
let chinese: ReadonlyMap<string, string> | undefined

/** The unit a word stands for, by UN/ECE Rec 20; in one language, or in both: `台 PCS`. */
export function unitOf(word: string): string | undefined {
  const folded = fold(word)
  if (folded === '') return undefined
  chinese ??= new Map(loadCodeList('units').items.map(({ code, zh = '' }) => [fold(zh), rec20OfUnit(code) ?? '']))
  const { han, latin } = partsOf(folded)
  return known(folded) ?? (han === '' || latin === '' ? undefined : (known(han) ?? known(latin)))
}

const known = (folded: string): string | undefined => english.get(folded) ?? (chinese?.get(folded) || undefined)

/** What a unit of mass weighs in kilograms 千克, as a decimal. */
export const kilogramsOf = (unit: string | undefined): string | undefined =>
  unit !== undefined && Object.hasOwn(masses, unit) ? masses[unit] : undefined
/** Source: UN/ECE Recommendation 20; the pound by the International Yard and Pound Agreement of 1959. */
const masses: Readonly<Record<string, string>> = { KGM: '1', TNE: '1000', GRM: '0.001', LBR: '0.45359237' }
