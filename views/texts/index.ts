import { en } from './en/index.ts'

/** Every sentence that Purser says on Slack and in its mails, by where it stands; each language has all of them. */
export type Texts = typeof en

/** A language is one folder of this shape beside `en/`, and one line here. */
export const languages = { en } as const satisfies Record<string, Texts>

export type Language = keyof typeof languages

/** What Purser says, in the one language that it was started with. */
export let texts: Texts = en

/** From now on everything is said in `spoken`; called before anything is drawn. */
export function speak(spoken: Texts): void {
  texts = spoken
}
