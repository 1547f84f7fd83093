import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { day, labelled, lines, outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

export interface RulesSubject {
  /** Of the rules that hold. */
  version: number
  /** Since when; null: not known. */
  since: number | null
  /** What is wrong with the file, when it cannot take their place. */
  problems: readonly { file: string; line: number; message: string; suggestion: string }[]
}

const MOST = 8

/** `/purser rules`: which version holds, and what keeps the file from taking its place. */
export function rulesAnswer({ version, since, problems }: RulesSubject): Drawing {
  const says = texts.rulesAnswer
  const holds = says.holds(version, since === null ? null : day(since))
  if (problems.length === 0) {
    const told: Words[] = [holds, [says.fileIsSame], [says.whatRunsGoBy]]
    return { blocks: [lines(told)], text: fallbackText(told) }
  }
  const shown = problems
    .slice(0, MOST)
    .map(
      ({ file, line, message, suggestion }): Words =>
        says.mistake({ where: `${file}:${line}`, message: outside(message, 200), way: outside(suggestion, 200) }),
    )
  const more = problems.length - shown.length
  const points: Words[] = more > 0 ? [...shown, [texts.words.andMore(more)]] : shown
  const label = says.cannotBeUsed(problems.length)
  return {
    blocks: [paragraph(...holds), labelled(label, { points }), paragraph(says.mendIt)],
    text: fallbackText([holds, [label], ...points, [says.mendIt]]),
  }
}
