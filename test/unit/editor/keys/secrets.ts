import { SECRET_NAME } from "../../../../src/ids";

/** VS Code's secret storage; `error` is what the keychain fails with. */
export class Secrets {
  error: Error | undefined;
  readonly values = new Map<string, string>();
  private readonly listeners = new Set<(event: { key: string }) => unknown>();

  constructor(stored: string | undefined) {
    this.stored = stored;
  }

  /** The key in use. */
  get stored(): string | undefined {
    return this.values.get(SECRET_NAME);
  }
  set stored(value: string | undefined) {
    if (value === undefined) this.values.delete(SECRET_NAME);
    else this.values.set(SECRET_NAME, value);
    this.tell(SECRET_NAME);
  }

  get = (name: string) => this.answer(() => this.values.get(name));
  store = (name: string, value: string) =>
    this.answer(() => {
      this.values.set(name, value);
      this.tell(name);
    });
  delete = (name: string) =>
    this.answer(() => {
      this.values.delete(name);
      this.tell(name);
    });
  onDidChange = (listener: (event: { key: string }) => unknown) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  private tell(key: string): void {
    for (const listener of this.listeners) listener({ key });
  }

  private answer<T>(work: () => T): Promise<T> {
    return this.error ? Promise.reject(this.error) : Promise.resolve(work());
  }
}

/** VS Code's global state. */
export class Memory {
  readonly values = new Map<string, unknown>();
  get = <T>(key: string, otherwise?: T) => (this.values.get(key) as T | undefined) ?? otherwise;
  update = (key: string, value: unknown) => {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
    return Promise.resolve();
  };
  keys = () => [...this.values.keys()];
}
