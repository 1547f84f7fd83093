import type { Node } from './random-graph.ts'

type End = 'succeeded' | 'refused' | 'not-needed'

/**
 * How a run of the graph ends when services answer in the end, people answer what they are asked, and what is to come comes or is not waited for any more: by the meaning of
 * the edges alone, whatever comes in which order. Nothing of the engine is asked.
 */
export function endsOf(graph: readonly Node[]): End[] {
  const ends: End[] = []
  const stopped: boolean[] = []
  for (const { kind, edges, when, event } of graph) {
    const earlier = (...kinds: string[]) => ends.map((_, at) => at).filter((at) => kinds.includes(edges[at] ?? 'none'))
    const isBehindRefusal = earlier('needs', 'after').some((at) => stopped[at])
    const lacks = earlier('needs').some((at) => ends[at] !== 'succeeded')
    const neverComes = kind === 'event' && event.comes === 'never'
    const isNeeded = !isBehindRefusal && !lacks && when !== false && !neverComes
    ends.push(!isNeeded ? 'not-needed' : kind === 'refusal' ? 'refused' : 'succeeded')
    stopped.push(isBehindRefusal || (isNeeded && kind === 'refusal'))
  }
  return ends
}
