import type { EntryId } from '../../domain/ids.ts'
import type { EntryStream } from './entry-stream.ts'

/**
 * The matches of several streams as one, newest first, each once. Returns null at the end, or the id down to which
 * everything was looked at when it may not go on. Every stream goes on at least once, so that pages always come nearer.
 */
export function* newestFirst(
  streams: readonly EntryStream[],
  mayGoOn: () => boolean,
): Generator<EntryId, EntryId | null> {
  for (const stream of streams) stream.advance()
  for (;;) {
    const least = leastAdvanced(streams)
    const newest = newestHead(streams)
    // What lies above every frontier cannot be overtaken any more.
    if (newest !== null && (least === null || newest >= least.frontier)) {
      for (const stream of streams) if (stream.head === newest) stream.take()
      yield newest
    } else if (least === null) return null
    else if (mayGoOn()) least.advance()
    else return least.frontier as EntryId
  }
}

function leastAdvanced(streams: readonly EntryStream[]): EntryStream | null {
  let least: EntryStream | null = null
  for (const stream of streams) {
    if (!stream.done && (least === null || stream.frontier > least.frontier)) least = stream
  }
  return least
}

function newestHead(streams: readonly EntryStream[]): EntryId | null {
  let newest: EntryId | null = null
  for (const { head } of streams) if (head !== null && (newest === null || head > newest)) newest = head
  return newest
}
