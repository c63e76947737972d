import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../../platform/platform.ts';
import { countOwnFlags } from '../../transcription/reports/flags/list-flags.ts';
import { navigationFor } from '../navigation.ts';
import { takeFlash } from './flash.ts';
import { readTheme } from './theme.ts';

/** What a screen says about itself; whatever else is in it goes to the view as it is. */
export interface PageData {
  /** Names the screen in the window's title. */
  title: string;
  /** Key of the item of the bar that this screen belongs to (navigation.ts). */
  nav?: string;
  /** Extra class of the main element: page-narrow, page-wide, page-bare. */
  pageClass?: string;
  /** Further scripts of /assets by name: `workbench` loads /assets/workbench.js. */
  scripts?: string[];
  /** The row of neighbors under the bar. */
  subnav?: { label: string; href: string; current: boolean }[];
  subnavLabel?: string;
}

declare module 'fastify' {
  interface FastifyReply {
    /**
     * Answers with the view `path` (under review-console, without `.hbs`: `queue/queue`, `views/today`) inside the
     * layout. Views find `viewer` (the signed-in user), `now`, `csrfToken`, `navigation`, `theme`, `flash` and
     * `path` at the root beside their own data.
     */
    page<Data extends PageData>(path: string, data: Data): Promise<FastifyReply>;
  }
}

/** Decorates replies with `page`. */
export function decoratePages(
  app: FastifyInstance,
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
): void {
  app.decorateReply('page', async function page(this: FastifyReply, path: string, data: PageData) {
    const request: FastifyRequest = this.request;
    const { viewAsync } = this;
    const openFlags = request.user ? await countOwnFlags(database, request.user.id) : 0;
    const html = await viewAsync.call(this, `${path}.hbs`, {
      ...data,
      viewer: request.user,
      now: clock.now(),
      theme: readTheme(request),
      flash: takeFlash(request),
      // Before the answer is sent, because it may set the session's cookie.
      csrfToken: await this.generateCsrf(),
      path: request.url,
      navigation: navigationFor(request.user?.roles ?? []).map((item) => ({
        ...item,
        current: item.key === data.nav,
        // What waits for this person; nothing rather than a zero.
        ...(item.key === 'flags' && { waits: openFlags }),
      })),
    });
    // What a signed-in person sees is nobody else's, not even of the browser's own history after signing out.
    this.header('cache-control', 'no-store');
    return this.type('text/html; charset=utf-8').send(html);
  });
}
