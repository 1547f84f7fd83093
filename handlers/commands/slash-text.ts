import { z } from 'zod'
import { UserMistake } from '../../src/domain/errors.ts'
import { plainText } from '../../src/slack/ask/plain-text.ts'

const LONGEST = 500

// Control characters, and those that turn the text around them about; joiners and marks that scripts need are fine.
const UNSEEN = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/u

const Typed = z
  .string()
  .max(LONGEST, `It is too long: at most ${LONGEST} characters.`)
  .refine((text) => text.isWellFormed() && !UNSEEN.test(text), 'It holds characters that cannot be seen.')
  .transform((text) => text.replace(/\s+/g, ' ').trim())

const NOTHING_TO_READ = 'There is no letter and no digit in it.'

const Words = Typed.transform(plainText)
  .refine((text) => text === '' || /[\p{L}\p{N}]/u.test(text), NOTHING_TO_READ)
  .refine((text) => !/<(?!@[UW][A-Z0-9]+>)|(?<!<@[UW][A-Z0-9]+)>/.test(text), 'It holds a channel or signs of markup.')

const Name = Typed.transform(plainText)
  .refine((text) => text === '' || /\p{L}/u.test(text), 'There is no letter in it.')
  .refine((text) => !/[<>]/.test(text), 'It holds a mention or signs of markup.')

/** `query`: taken as it is · `words`: whom or what one looks for · `name`: of a person or firm. */
const SCHEMAS = { query: Typed, words: Words, name: Name }

/** What stands behind a slash command, tidied; may be empty. Throws UserMistake for what cannot be meant. */
export function readSlashText(
  text: string,
  { kind, example }: { kind: keyof typeof SCHEMAS; example: string },
): string {
  const read = SCHEMAS[kind].safeParse(text)
  if (read.success) return read.data
  throw new UserMistake({
    code: 'slash-text',
    message: `What you typed cannot be used; nothing was done. ${read.error.issues[0]?.message ?? ''}`.trim(),
    hint: `For example: ${example}`,
  })
}
