/** Reads a script 读取脚本, or refuses it with all its problems, each at its line and column. */
import { type Issue, issuesOf, pointer } from '../../../schemas/issue.ts'
import { closest } from '../closest.ts'
import { faultOrder } from '../faults.ts'
import { limits } from '../limits.ts'
import { checkNames, checkStates, type Known } from './check.ts'
import { compile, type Refuse } from './compile.ts'
import { problem, type ScriptProblem, ScriptRefused } from './problem.ts'
import { fieldsAt, isTyped, type Script, scriptDocument } from './schema.ts'
import { type Path, readSource, type Source } from './source.ts'

/** @throws {ScriptRefused} */
export function readScript(text: string, known: Known): Script {
  const source = readSource(text, isTyped)
  const { data, error } = scriptDocument.safeParse(source.value)
  if (error !== undefined) {
    const issues = issuesOf(error).slice(0, limits.scriptProblems)
    throw new ScriptRefused(issues.map((issue) => placed(source, issue)))
  }
  const problems: ScriptProblem[] = []
  const refuse: Refuse = (path, code, { en, zh }, part, names = []) => {
    const at = part === undefined ? source.placeOf(path) : source.placeOfPart(path, part)
    const written = part ?? valueAt(data, path)
    const near = typeof written === 'string' ? closest(written.replace(/^\$\{|\}$/g, ''), names) : undefined
    const said = near === undefined ? { en, zh } : { en: `${en}; closest: ${near}`, zh: `${zh}；最接近的是 ${near}` }
    problems.push(problem(at, pointer(...path), code, said))
  }
  const script = data as Script
  checkNames(script, known, refuse)
  checkStates(script, refuse)
  compile(script, refuse)
  if (problems.length > 0) throw new ScriptRefused(problems)
  const steps = script.steps.map((step) =>
    step.faults === undefined ? step : { ...step, faults: step.faults.map((order) => faultOrder.parse(order)) },
  )
  return { ...script, steps }
}

/** What the schema found, at its place; for a field nobody knows, the nearest there is. */
function placed(source: Source, { pointer: at, code, detail, detailZh }: Issue): ScriptProblem {
  const path = pathOf(at)
  if (code === 'bad-header') return problem(source.placeOfKey(path), at, code, { en: detail, zh: detailZh })
  if (code !== 'unknown-field') return problem(source.placeOf(path), at, code, { en: detail, zh: detailZh })
  const near = closest(String(path.at(-1)), fieldsAt(path.slice(0, -1)))
  const said =
    near === undefined
      ? { en: detail, zh: detailZh }
      : { en: `${detail}; closest: ${near}`, zh: `${detailZh}；最接近的是 ${near}` }
  return problem(source.placeOfKey(path), at, code, said)
}

function pathOf(at: string): Path {
  return at
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value,
  )
}
