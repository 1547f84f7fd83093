import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { expectMessage, expectView } from '../views/drawn.ts'
import { drawSample } from './draw-sample.tsx'
import { sampleAnswers } from './sample-answers.ts'
import { sampleCards } from './sample-cards.ts'
import { sampleViews } from './sample-windows.ts'
import { actionsIn, picturesNotDrawn, readable, textsIn } from './what-is-shown.ts'

const messages = { ...sampleCards(), ...sampleAnswers() }
const views = sampleViews()
const all = Object.entries({ ...messages, ...views })

/** All TypeScript files of a folder, by path. */
const sourcesOf = (folder: string): { path: string; text: string }[] => {
  const root = new URL(`../../${folder}/`, import.meta.url)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(new URL(path, root), 'utf8') }))
}

/** What makes a drawing; what is given one only changes it. */
const DRAWS =
  /export (?:function|const) (\w+)(?!\(view: ModalView)(?:(?!\bexport\b)[\s\S])*?\)\s*:\s*(?:Drawing|ModalView|HomeView)\b/g

describe('the gallery', () => {
  it('holds everything that the product draws in Slack', () => {
    const product = ['src', 'handlers']
      .flatMap(sourcesOf)
      .map(({ text }) => text)
      .join('\n')
    const gallery = sourcesOf('test/gallery')
      .map(({ text }) => text)
      .join('\n')
    const drawing = sourcesOf('views').flatMap(({ text }) =>
      [...text.matchAll(DRAWS)].map(([, name]) => name as string),
    )
    expect(drawing.length).toBeGreaterThan(70)
    const missing = drawing.filter((name) => new RegExp(`\\b${name}\\(`).test(product) && !gallery.includes(`${name}(`))
    expect(missing, 'give these a sample in test/gallery').toEqual([])
  })

  it('holds nothing that Slack would refuse', () => {
    for (const drawing of Object.values(messages)) expectMessage(drawing)
    for (const view of Object.values(views)) expectView(view)
  })

  it.each(all)('is drawn whole by the sandbox’s page: %s', (_, sample) => {
    const html = drawSample(sample)
    expect(html).not.toMatch(/class="(unknown-block|unavailable)"/)
    expect(picturesNotDrawn(html)).toEqual([])
    const said = readable(html)
    const told = 'title' in sample ? [sample.title, sample.submit, sample.close, sample.blocks] : [sample.blocks]
    expect(textsIn(told).filter((text) => !said.includes(text))).toEqual([])
    const drawn = new Set([...html.matchAll(/data-action-id="([^"]*)"/g)].map(([, action]) => action))
    expect(actionsIn(sample.blocks).filter((action) => !drawn.has(action))).toEqual([])
  })
})
