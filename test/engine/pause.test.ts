import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPauseGate, liftPause, pausedInWords, readPause, writePause } from '../../src/engine/pause.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { settle } from '../support/turns.ts'

const PAUSE = { reason: 'restored from a backup', since: Date.UTC(2026, 10, 21, 3, 30), by: 'purser restore' }

function gateOf(folder: string) {
  const clock = createFakeClock()
  const seen: string[] = []
  const gate = createPauseGate({
    dataFolder: folder,
    clock,
    onLifted: () => seen.push('lifted'),
    onError: (error) => seen.push(String(error)),
  })
  const begin = async (): Promise<void> => void seen.push('begun')
  return { clock, gate, seen, begin }
}

describe('a pause', () => {
  it('holds back whoever starts on the folder until it is lifted, and then lets them begin once', async () => {
    using folder = tempFolder()
    writePause(folder.path, PAUSE)
    const { clock, gate, seen, begin } = gateOf(folder.path)
    await gate.whenOpen(begin)
    await clock.advance(5_000)
    expect(seen).toEqual([])
    expect(gate.current()).toEqual(PAUSE)
    liftPause(folder.path)
    await clock.advance(1_000)
    await settle()
    expect(seen).toEqual(['lifted', 'begun'])
    expect(gate.current()).toBeNull()
    await clock.advance(5_000)
    expect(seen).toHaveLength(2)
  })

  it('holds nobody back on a folder without one', async () => {
    using folder = tempFolder()
    const { gate, seen, begin } = gateOf(folder.path)
    await gate.whenOpen(begin)
    expect(seen).toEqual(['begun'])
    expect(existsSync(join(folder.path, 'paused.json'))).toBe(false)
  })

  it('is believed also when what it says cannot be read', () => {
    using folder = tempFolder()
    writeFileSync(join(folder.path, 'paused.json'), '{"reas')
    expect(readPause(folder.path)?.reason).toContain('cannot be read')
  })

  it('ends waiting when Purser stops', async () => {
    using folder = tempFolder()
    writePause(folder.path, PAUSE)
    const { clock, gate, seen, begin } = gateOf(folder.path)
    await gate.whenOpen(begin)
    gate.stop()
    liftPause(folder.path)
    await clock.advance(5_000)
    expect(seen).toEqual([])
  })

  it('says since when, by whom, why, and what ends it', () => {
    const { message, hint } = pausedInWords(PAUSE)
    expect(message).toContain('since 2026-11-21 03:30 UTC, by purser restore: restored from a backup')
    expect(hint).toContain('purser resume')
  })
})
