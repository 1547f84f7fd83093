import { z } from 'zod'
import { UserMistake } from '../../src/domain/errors.ts'
import { plainText } from '../../src/slack/ask/plain-text.ts'
import { type Texts, texts } from '../../views/texts/index.ts'

const LONGEST = 500

// Control characters, and those that turn the text around them about; joiners and marks that scripts need are fine.
const UNSEEN = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/u

type SlashTexts = Texts['commands']['slashText']
/** What is wrong with it, said in the language that is spoken when it is read. */
const wrong = (why: (said: SlashTexts) => string) => ({ error: () => why(texts.commands.slashText) })

const Typed = z
  .string()
  .max(
    LONGEST,
    wrong((said) => said.tooLong(LONGEST)),
  )
  .refine(
    (text) => text.isWellFormed() && !UNSEEN.test(text),
    wrong((said) => said.unseen),
  )
  .transform((text) => text.replace(/\s+/g, ' ').trim())

const Words = Typed.transform(plainText)
  .refine(
    (text) => text === '' || /[\p{L}\p{N}]/u.test(text),
    wrong((said) => said.noLetterOrDigit),
  )
  .refine(
    (text) => !/<(?!@[UW][A-Z0-9]+>)|(?<!<@[UW][A-Z0-9]+)>/.test(text),
    wrong((said) => said.markup),
  )

const Name = Typed.transform(plainText)
  .refine(
    (text) => text === '' || /\p{L}/u.test(text),
    wrong((said) => said.noLetter),
  )
  .refine(
    (text) => !/[<>]/.test(text),
    wrong((said) => said.mention),
  )

/** `query`: taken as it is · `words`: whom or what one looks for · `name`: of a person or firm. */
const SCHEMAS = { query: Typed, words: Words, name: Name }

/** What stands behind a slash command, tidied; may be empty. Throws UserMistake for what cannot be meant. */
export function readSlashText(
  text: string,
  { kind, example }: { kind: keyof typeof SCHEMAS; example: string },
): string {
  const read = SCHEMAS[kind].safeParse(text)
  if (read.success) return read.data
  const { cannotBeUsed, forExample } = texts.commands.slashText
  throw new UserMistake({
    code: 'slash-text',
    message: cannotBeUsed(read.error.issues[0]?.message ?? '').trim(),
    hint: forExample(example),
  })
}
