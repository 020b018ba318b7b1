/** What a script refers to and is not there 引用检查: agencies, outcomes, faults, states; and steps that could never go. */

import { issuesOf } from '../../../schemas/issue.ts'
import { faultOrder } from '../faults.ts'
import type { Refuse } from './compile.ts'
import type { Script, ScriptStep } from './schema.ts'

/** The simulator a script is for. */
export interface Known {
  readonly agencies: readonly { readonly id: string; readonly outcomes: readonly string[] }[]
  readonly faults: readonly string[]
}

export function checkNames(script: Script, { agencies, faults }: Known, refuse: Refuse): void {
  const ids = agencies.map(({ id }) => id)
  const checkAgency = (id: string | undefined, path: readonly (string | number)[]) => {
    if (id !== undefined && !ids.includes(id))
      refuse(path, 'unknown-agency', { en: `No agency is called "${id}"`, zh: `没有名为“${id}”的机构` }, undefined, ids)
  }
  checkAgency(script.agency, ['agency'])
  const names = new Set<string>()
  script.steps.forEach((step, place) => {
    const path = ['steps', place]
    checkAgency(step.agency, [...path, 'agency'])
    step.send?.forEach(({ agency }, index) => checkAgency(agency, [...path, 'send', index, 'agency']))
    if (names.has(step.name))
      refuse([...path, 'name'], 'twice', { en: `Two steps are called "${step.name}"`, zh: `步骤名“${step.name}”重复` })
    names.add(step.name)
    checkKind(script, step, path, refuse)
    const outcomes = agencies.find(({ id }) => id === (step.agency ?? script.agency))?.outcomes
    step.outcome?.forEach((outcome, index) => {
      if (outcomes === undefined || outcomes.includes(outcome)) return
      const said = { en: `The agency has no outcome "${outcome}"`, zh: `该机构没有情形“${outcome}”` }
      refuse([...path, 'outcome', index], 'unknown-outcome', said, undefined, outcomes)
    })
    step.faults?.forEach((order, index) => {
      const at = [...path, 'faults', index]
      if (!faults.includes(order.fault)) {
        const said = { en: `There is no fault "${order.fault}"`, zh: `没有故障“${order.fault}”` }
        return refuse([...at, 'fault'], 'unknown-fault', said, undefined, faults)
      }
      const { error } = faultOrder.safeParse(order)
      for (const { pointer, code, detail, detailZh } of error === undefined ? [] : issuesOf(error))
        refuse([...at, ...pointer.split('/').slice(1)], code, { en: detail, zh: detailZh })
    })
  })
}

/** A step waits for a request or for time; what only an answer can have, only the first has. */
function checkKind(script: Script, step: ScriptStep, path: readonly (string | number)[], refuse: Refuse): void {
  const isAutomatic = step.match === undefined
  if (isAutomatic === (step.after === undefined))
    refuse(path, 'bad-step', {
      en: 'A step has either match (it waits for a request) or after (it goes by itself)',
      zh: '步骤须有且只有 match（等待请求）或 after（自动执行）之一',
    })
  if (!isAutomatic && step.agency === undefined && script.agency === undefined)
    refuse(path, 'missing', {
      en: 'No agency that is asked: here or in the script',
      zh: '缺少机构：步骤或脚本中须有 agency',
    })
  for (const name of ['outcome', 'faults', 'reply', 'delay'] as const) {
    if (!isAutomatic || step[name] === undefined) continue
    const said = {
      en: `A step that goes by itself answers nothing: no ${name}`,
      zh: `自动步骤不作应答，不能有 ${name}`,
    }
    refuse([...path, name], 'bad-step', said)
  }
  if (step.outcome !== undefined && step.reply !== undefined)
    refuse([...path, 'outcome'], 'bad-step', {
      en: 'With a reply the agency never sees the request: no outcome',
      zh: '有 reply 时机构不会收到请求，不能有 outcome',
    })
}

/** States that nothing leads to, and names of states that look like slips of the pen. */
export function checkStates({ starts, states, steps }: Script, refuse: Refuse): void {
  const used = new Set(steps.flatMap((step) => step.in ?? []))
  const entered = new Set(steps.flatMap(({ then }) => (then === undefined ? [] : [then])))
  if (starts === undefined && (used.size > 0 || entered.size > 0)) {
    refuse([], 'missing', { en: 'starts: the state it begins in', zh: '缺少 starts（初始状态）' })
    return
  }
  const all = states ?? [...new Set([...(starts === undefined ? [] : [starts]), ...entered])]
  const known = (state: string, path: readonly (string | number)[]) => {
    if (all.includes(state)) return
    const said =
      states === undefined
        ? { en: `No step leads to the state "${state}"`, zh: `没有步骤进入状态“${state}”` }
        : { en: `"${state}" is not among the states`, zh: `states 中没有“${state}”` }
    refuse(path, 'unknown-state', said, undefined, all)
  }
  if (starts !== undefined) known(starts, ['starts'])
  if (starts !== undefined && steps.every((step) => step.in?.includes(starts) === false)) {
    const said = { en: `No step goes in the state "${starts}"`, zh: `没有步骤适用于状态“${starts}”` }
    refuse(['starts'], 'unknown-state', said, undefined, [...used])
  }
  steps.forEach((step, place) => {
    step.in?.forEach((state, index) => known(state, ['steps', place, 'in', index]))
    if (step.then !== undefined) known(step.then, ['steps', place, 'then'])
  })
  const reached = reachable(starts, steps)
  steps.forEach((step, place) => {
    const missed = step.in?.filter((state) => all.includes(state) && !reached.has(state)) ?? []
    if (missed.length === 0) return
    refuse(['steps', place, 'in'], 'unreachable', {
      en: `Nothing leads from "${starts}" to ${missed.map((state) => `"${state}"`).join(', ')}`,
      zh: `从“${starts}”无法到达${missed.map((state) => `“${state}”`).join('、')}`,
    })
  })
}

function reachable(starts: string | undefined, steps: readonly ScriptStep[]): Set<string> {
  const reached = new Set(starts === undefined ? [] : [starts])
  // A set that grows while it is gone through is gone through to its end.
  for (const state of reached)
    for (const step of steps) if (step.then !== undefined && step.in?.includes(state) !== false) reached.add(step.then)
  return reached
}
