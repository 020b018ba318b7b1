import { tariffLine } from '../../../schemas/codes/tariff.ts'
import type { Found, GoodsLine } from '../lines.ts'
import { findTariff, suggestCodes } from '../tariff.ts'
import { type Gathering, lineOf, type Path, type Reason, under } from './gather.ts'

/** What a candidate is, in the words of the tariff. */
const named = (code: string) => {
  const zh = tariffLine(code)?.zh ?? ''
  return { value: code, because: { en: zh, zh } }
}

/**
 * Puts a commodity code 商品编号: as it stands there, completed, or found by the description; never without saying so.
 * @returns the code, whoever it came from
 */
export function putCode(
  into: Gathering,
  path: Path,
  found: Found | undefined,
  description: string,
  line: GoodsLine,
): string | undefined {
  const said = lineOf(found?.value ?? '').slice(0, 40)
  const result = found && findTariff(said, description)
  const reason = (sure: Reason['sure'], en: string, zh: string): Reason => ({
    sure,
    because: { en, zh },
    source: (found ?? line.name ?? line.nameEn ?? line).source,
  })
  if (found !== undefined && result?.is === 'known')
    into.put(path, result.code, { ...reason('read', '', ''), because: under(found.under) })
  else if (result?.is === 'one')
    into.put(
      path,
      result.code,
      reason('derived', `${said}: the one code of ten digits that begins so`, `${said}：以此开头的十位编号仅此一个`),
    )
  else if (result?.is === 'several') {
    const [best, ...others] = result.codes
    into.put(path, best, {
      ...reason(
        'guessed',
        `${said}: of the codes that begin so, the one whose text is most like the description`,
        `${said}：以此开头的编号中，税则名称与品名最接近者`,
      ),
      others: others.map(named),
    })
  } else {
    if (result?.is === 'unknown')
      into.warn(path, 'code-not-in-tariff', {
        en: `“${said}” is not in the tariff (2020 sample)`,
        zh: `“${said}”不在税则中（2020年样本）`,
      })
    const [best, ...others] = suggestCodes(description)
    into.put(path, best, {
      ...reason(
        'guessed',
        'No code in the documents: the tariff text most like the description',
        '单证无商品编号：税则名称与品名最接近者',
      ),
      others: others.map(named),
    })
  }
  const code = into.at(path)
  return typeof code === 'string' ? code : undefined
}
