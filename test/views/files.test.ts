import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { files } from '../../src/domain/file-ref.ts'
import type { Step } from '../../src/domain/run.ts'
import { facts } from '../../views/facts.ts'
import { editModal } from '../../views/modals/edit-modal.ts'
import { readEdited } from '../../views/modals/edited-input.ts'
import { readInputs } from '../../views/modals/read-inputs.ts'
import { schemaInputs } from '../../views/modals/schema-inputs.ts'
import { startRunModal, writtenIn } from '../../views/modals/start-run-modal.ts'
import { paragraph } from '../../views/rich-text.ts'
import { expectView, wordsOf } from './drawn.ts'
import { ctx, outline } from './sample-run.ts'
import { runWith, stepStates } from './sample-states.ts'

const schema = z.object({
  quote: files({ most: 2, types: ['pdf', 'png'] }).meta({ title: 'Quote' }),
  photos: files().optional(),
})
const quote = {
  ...{ id: 'F0QUOTE', name: 'quote.pdf', size: 1_200, mimetype: 'application/pdf' },
  permalink: 'https://acme.slack.example/files/U0/F0QUOTE/quote.pdf',
}

/** As Slack sends it, with much that is not kept. */
const sent = (...chosen: object[]) => ({
  quote: {
    value: { type: 'file_input', files: chosen.map((each) => ({ ...each, url_private: 'https://x', user: 'U0' })) },
  },
  photos: { value: { type: 'file_input', files: [] } },
})
const failed = stepStates.failed as Step
const run = { ...runWith(failed), input: { quote: [quote] } }
const problems = (value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ path, message }) => [path[0], message])

describe('a field for files', () => {
  test('becomes Slack’s own input, with what it takes', () => {
    const [first, second] = schemaInputs(schema, {})
    expect(first).toMatchObject({
      ...{ type: 'input', block_id: 'quote', label: { text: 'Quote' }, optional: false },
      element: { type: 'file_input', filetypes: ['pdf', 'png'], max_files: 2 },
    })
    expect(second).toMatchObject({ optional: true, element: { type: 'file_input', max_files: 10 } })
    expect(second?.element).not.toHaveProperty('filetypes')
    expectView(startRunModal({ workflow: { name: 'w', version: 1, title: 'W' }, schema, channel: null }))
  })

  test('gives where the files are, and nothing else of them', () => {
    const read = readInputs(sent(quote))
    expect(read).toEqual({ quote: [quote] })
    expect(schema.parse(read)).toEqual({ quote: [quote] })
  })

  test.each([
    ['none', [], 'Choose a file.'],
    ['too many', [quote, quote, quote], 'At most 2 files.'],
    ['one of another type', [quote, { ...quote, name: 'setup.pdf.exe' }], 'setup.pdf.exe is none of: pdf, png.'],
    ['one without an end', [{ ...quote, name: 'pdf' + ' ' }], 'pdf  is none of: pdf, png.'],
    [
      'one of which Slack tells the id alone',
      [{ id: 'F0' }],
      'Slack tells too little of this file. Upload it here instead of choosing one that is shared.',
    ],
    [
      'one whose address is none of the web',
      [{ ...quote, permalink: 'javascript:alert(1)' }],
      'Slack tells too little of this file. Upload it here instead of choosing one that is shared.',
    ],
  ])('refuses %s, at the field', (_what, chosen, says) => {
    expect(problems(readInputs(sent(...chosen)))?.[0]).toEqual(['quote', says])
  })

  test('takes a type in capitals', () => {
    expect(problems({ quote: [{ ...quote, name: 'QUOTE.PDF' }] })).toBeUndefined()
  })

  test('is shown as links by name, and a name can hide nothing', () => {
    const odd = { ...quote, name: 'gpj.\u202eetouq\n<!channel>.pdf' }
    const [line] = facts(schema, { quote: [quote, odd] }, run, ctx)
    const block = paragraph(...(line ?? []))
    expect(wordsOf([block])).toContain('Quote: ')
    const [section] = block.elements as { elements: object[] }[]
    expect(section?.elements).toEqual([
      { type: 'text', text: 'Quote:', style: { bold: true } },
      { type: 'text', text: ' ' },
      { type: 'link', url: quote.permalink, text: 'quote.pdf' },
      { type: 'text', text: ', ' },
      { type: 'link', url: quote.permalink, text: 'gpj.etouq <!channel>.pdf' },
    ])
    expect(facts(schema, { quote: [{ ...quote, permalink: 'javascript:alert(1)' }] }, run, ctx)).toEqual([])
  })

  test('keeps its files when a run is edited, unless others are chosen', () => {
    const view = editModal({ run, step: failed, outline }, schema)
    expectView(view)
    const input = view.blocks.find(({ block_id: id }) => id === 'input.quote')
    expect(input).toMatchObject({
      optional: true,
      hint: { text: 'There already: quote.pdf. It stays unless you choose others.' },
    })
    const chosen = (...all: object[]) => ({ 'input.quote': { value: { type: 'file_input', files: all } } })
    expect(readEdited(chosen(), schema, run.input)).toEqual({ quote: [quote] })
    const other = { ...quote, id: 'F0OTHER' }
    expect(readEdited(chosen(other), schema, run.input)).toEqual({ quote: [other] })
  })

  test('is no part of a draft, since Slack cannot fill it in; the form says so', () => {
    expect(writtenIn(schema, sent(quote))).toEqual({})
    const form = { workflow: { name: 'w', version: 1, title: 'W' }, channel: null, writtenAt: 1 }
    expect(wordsOf(startRunModal({ ...form, schema }).blocks)).toContain('Files have to be chosen again.')
    expect(wordsOf(startRunModal({ ...form, schema: z.object({}) }).blocks)).not.toContain('Files')
  })
})
