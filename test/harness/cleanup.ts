/** Ends what was started, last started first; also after a start that failed half-way. */
export class Cleanup {
  private readonly tasks: (() => Promise<void>)[] = [];

  add(task: () => Promise<void>): void {
    this.tasks.push(task);
  }

  /** A task that fails keeps none of the others from running. */
  async run(): Promise<void> {
    const task = this.tasks.pop();
    if (!task) return;
    try {
      await task();
    } finally {
      await this.run();
    }
  }
}
