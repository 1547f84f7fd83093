import type { HandlerPorts, HomeOpened } from '../../src/slack/handler.ts'

/** Draws the App Home of whoever opened it, as far as they may see. */
export const homeOpened = (opened: HomeOpened, { home }: HandlerPorts): Promise<void> => home.show(opened)
