/** A session that ends while somebody types is begun anew in place: no page is left, no text at risk. */
type SessionState =
  /** The same person, with a token that holds. */
  | 'ours'
  /** Nobody is signed in. */
  | 'nobody'
  /** Somebody else signed in in this browser: what is typed here must not go out in their name. */
  | 'somebody-else';

export interface Session {
  /** Asks for this page again and takes its token over. @throws TypeError no answer */
  renew(): Promise<SessionState>;
  /** The reason of a refusal in the server's words; null: signed in. @throws TypeError no answer */
  signIn(email: string, password: string): Promise<string | null>;
}

/** @param userId whose page this is */
export function createSession(userId: string): Session {
  async function pageOf(response: Response): Promise<Document> {
    return new DOMParser().parseFromString(await response.text(), 'text/html');
  }
  const tokenOf = (page: Document) => page.querySelector<HTMLMetaElement>('meta[name="csrf-token"]');

  function take(page: Document): SessionState {
    const token = tokenOf(page)?.content;
    const here = tokenOf(document);
    if (token && here) here.content = token;
    const user = page.getElementById('workbench')?.dataset.user;
    return user === undefined ? 'nobody' : user === userId ? 'ours' : 'somebody-else';
  }

  const load = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { accept: 'text/html', ...init.headers }, cache: 'no-store' });

  return {
    async renew() {
      const response = await load(location.pathname);
      const state = take(await pageOf(response));
      // Signed in as somebody who may not type: the page of the error tells no person.
      return state === 'nobody' && response.status === 403 ? 'somebody-else' : state;
    },
    async signIn(email, password) {
      const { content = '' } = tokenOf(await pageOf(await load('/sign-in'))) ?? {};
      const body = new URLSearchParams({ _csrf: content, email, password, next: location.pathname });
      const response = await load('/sign-in', { method: 'POST', body });
      const page = await pageOf(response);
      if (!response.ok && response.status !== 403)
        return page.querySelector('[role="alert"]')?.textContent ?? 'That did not work. Try again.';
      take(page);
      return null;
    },
  };
}
