/** The part of autocannon that the benches use; it brings no types. */
declare module 'autocannon' {
  export interface Request {
    method?: string;
    path?: string;
    headers?: Record<string, string>;
    body?: string;
  }

  export interface Options {
    url: string;
    connections: number;
    /** Requests altogether. */
    amount: number;
    requests: (Request & { setupRequest?: (request: Request) => Request })[];
  }

  export interface Result {
    requests: { average: number; total: number };
    latency: { p50: number; p97_5: number; p99: number; max: number };
    non2xx: number;
    errors: number;
  }

  /** Under way; resolves at the next full second after the last answer. */
  interface Load extends Promise<Result> {
    on(event: 'response', listener: () => void): unknown;
  }

  export default function autocannon(options: Options): Load;
}
