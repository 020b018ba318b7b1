/** What standing still takes of a declaration's course. */
interface Teller {
  tell(channel: 'C' | 'H' | 'J', words: string): void
  reachedAt(standing: 'released' | 'closed'): number | undefined
}

/**
 * What keeps a declaration from going on because of another office: holds 协助暂缓, and an inspection together 联合查验 whose result is awaited. Its
 * goods are inspected once.
 */
export function openStandstill(teller: Teller, isStopped: () => boolean) {
  const holds = new Set<string>()
  const paused: (() => void)[] = []
  let joint: string | undefined
  let inspected = false
  const goOn = () => {
    if (holds.size === 0) for (const act of paused.splice(0)) act()
  }
  return {
    /** Puts what comes next off while it stands still. @returns whether it was put off */
    keeps(next: () => void): boolean {
      if (holds.size === 0) return false
      paused.push(next)
      return true
    },
    /** @returns whether its goods were inspected already: they are not called a second time */
    callsAgain(): boolean {
      const again = inspected
      inspected = true
      return again
    },
    hold(id: string): void {
      if (isStopped() || teller.reachedAt('closed') !== undefined || holds.has(id)) return
      holds.add(id)
      if (holds.size === 1) teller.tell('H', '挂起：应协作部门请求暂缓办理')
    },
    unhold(id: string): void {
      if (!holds.delete(id) || holds.size > 0 || isStopped()) return
      teller.tell('J', '恢复办理')
      goOn()
    },
    inspectTogether(id: string, words: string): boolean {
      if (isStopped() || joint !== undefined || teller.reachedAt('released') !== undefined) return false
      joint = id
      holds.add(id)
      if (!inspected) teller.tell('C', words)
      inspected = true
      return true
    },
    conclude(id: string, passed: boolean): void {
      if (joint !== id || !holds.has(id)) return
      if (!passed) return teller.tell('H', '联合查验发现问题，移交处置')
      holds.delete(id)
      goOn()
    },
  }
}
