import type { IncomingHttpHeaders } from "node:http";

export interface LoggedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** With its question mark, empty when there is none. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** Empty for an upgrade. */
  readonly body: string;
  /** The Authorization header as it came. */
  readonly authorization: string | undefined;
  readonly upgrade: boolean;
}

interface Waiter {
  readonly matches: (request: LoggedRequest) => boolean;
  readonly resolve: (request: LoggedRequest) => void;
  readonly reject: (error: Error) => void;
}

/** Everything the simulator was asked, in order of arrival, and who waits for what. */
export class RequestLog {
  readonly requests: LoggedRequest[] = [];
  private readonly waiters = new Set<Waiter>();

  add(request: LoggedRequest): void {
    this.requests.push(request);
    for (const waiter of this.waiters) {
      if (!waiter.matches(request)) continue;
      this.waiters.delete(waiter);
      waiter.resolve(request);
    }
  }

  clear(): void {
    this.requests.length = 0;
  }

  waitFor(matches: (request: LoggedRequest) => boolean, timeoutMs: number): Promise<LoggedRequest> {
    const seen = this.requests.find(matches);
    if (seen) return Promise.resolve(seen);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiters.delete(waiter);
        reject(new Error(`No such request within ${timeoutMs} ms. Seen: ${this.summary()}`));
      }, timeoutMs);
      const settle =
        <T>(done: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          done(value);
        };
      const waiter: Waiter = { matches, resolve: settle(resolve), reject: settle(reject) };
      this.waiters.add(waiter);
    });
  }

  /** Nothing more will come. */
  close(): void {
    for (const waiter of this.waiters) waiter.reject(new Error("The simulator was closed."));
    this.waiters.clear();
  }

  private summary(): string {
    return this.requests.map(({ method, path }) => `${method} ${path}`).join(", ") || "nothing";
  }
}
