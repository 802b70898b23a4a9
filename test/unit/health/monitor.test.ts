import assert from "node:assert/strict";
import type { HealthReport, HealthState } from "../../../src/health/report";
import { HealthMonitor, type ShownHealth } from "../../../src/health/monitor";

/** A monitor in a world where time passes only when told, and every probe waits for its answer. */
class World {
  now = Date.parse("2026-03-01T12:00:00Z");
  intervalMs: number | undefined = 300_000;
  timer: { callback: () => void; delayMs: number } | undefined;
  probes: {
    signal: AbortSignal;
    answer: (state: HealthState | undefined) => Promise<void>;
    reject: () => Promise<void>;
  }[] = [];
  shown: ShownHealth[] = [];

  readonly monitor = new HealthMonitor({
    probe: (signal) => this.probe(signal),
    intervalMs: () => this.intervalMs,
    now: () => this.now,
    random: () => 0.5,
    setTimer: (callback, delayMs) => {
      const timer = { callback, delayMs };
      this.timer = timer;
      return () => {
        if (this.timer === timer) this.timer = undefined;
      };
    },
    onChange: (health) => this.shown.push(health),
  });

  nextDelay(): number | undefined {
    return this.timer?.delayMs;
  }

  shownState(): HealthState | undefined {
    return this.monitor.shown.report?.state;
  }

  /** Lets the timer that is set run out. */
  elapse(): void {
    const { timer } = this;
    assert.ok(timer, "no timer is set");
    this.timer = undefined;
    this.now += timer.delayMs;
    timer.callback();
  }

  async answer(state: HealthState | undefined): Promise<void> {
    const running = this.probes.shift();
    assert.ok(running, "no probe is running");
    await running.answer(state);
  }

  private probe(signal: AbortSignal): Promise<HealthReport | undefined> {
    const checkedAt = new Date(this.now).toISOString();
    return new Promise((resolve, reject) => {
      const fail = async () => {
        reject(new Error("the disk is full"));
        await new Promise((done) => setImmediate(done));
      };
      const answer = async (state: HealthState | undefined) => {
        resolve(
          state && {
            state,
            endpoint: "https://gateway.invalid",
            checkedAt,
            via: "direct",
            phases: { totalMs: 1 },
            ...(state === "unauthorized" && { httpStatus: 401, code: "account/key-invalid" }),
          },
        );
        // The monitor's own continuation runs before this one.
        await new Promise((done) => setImmediate(done));
      };
      this.probes.push({ signal, answer, reject: fail });
    });
  }
}

describe("HealthMonitor", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  describe("when a probe is rejected", () => {
    it("goes on in the background", async () => {
      world.monitor.start(true);
      world.elapse();
      await world.probes.shift()?.reject();
      assert.ok(world.nextDelay() !== undefined, "no probe is planned any more");
      world.elapse();
      await world.answer("ok");
      assert.equal(world.shownState(), "ok");
    });

    it("tells the one who asked, and is not checking any more", async () => {
      const asked = world.monitor.checkNow();
      await Promise.all([assert.rejects(asked, /the disk is full/), world.probes.shift()?.reject()]);
      assert.equal(world.monitor.shown.checking, false);
      const again = world.monitor.checkNow();
      await world.answer("ok");
      assert.equal((await again)?.state, "ok");
    });

    it("does not disturb the one that overtook it", async () => {
      const first = world.monitor.checkNow();
      const [overtaken] = world.probes.splice(0, 1);
      world.monitor.settingsChanged();
      const waiting = Promise.all([first, overtaken?.reject()]);
      await world.answer("ok");
      assert.equal((await waiting)[0]?.state, "ok");
    });
  });

  it("probes 3 s after its start, then at the interval", async () => {
    world.monitor.start(true);
    assert.equal(world.nextDelay(), 3_000);
    world.elapse();
    await world.answer("ok");
    assert.equal(world.shownState(), "ok");
    assert.equal(world.nextDelay(), 300_000);
  });

  it("does nothing before its start, without focus, or when switched off", () => {
    world.monitor.setFocused(true);
    assert.equal(world.nextDelay(), undefined);
    world.monitor.start(false);
    assert.equal(world.nextDelay(), undefined);
    world.intervalMs = undefined;
    world.monitor.setFocused(true);
    assert.equal(world.nextDelay(), undefined);
  });

  it("falls silent without focus and probes at once when the focus comes back late", async () => {
    world.monitor.start(true);
    world.elapse();
    await world.answer("ok");
    world.monitor.setFocused(false);
    assert.equal(world.nextDelay(), undefined);
    world.now += 3_600_000;
    world.monitor.setFocused(true);
    assert.equal(world.nextDelay(), 0);
  });

  it("takes only a change of the focus for one", async () => {
    world.monitor.start(true);
    world.elapse();
    await world.answer("noQuota");
    world.now += 3_600_000;
    world.monitor.setFocused(true);
    assert.equal(world.nextDelay(), undefined);
    world.monitor.setFocused(false);
    world.monitor.setFocused(true);
    assert.equal(world.nextDelay(), 0);
  });

  it("plans nothing while a probe is running", () => {
    world.monitor.start(true);
    world.elapse();
    world.monitor.setFocused(false);
    world.monitor.setFocused(true);
    assert.equal(world.nextDelay(), undefined);
    assert.equal(world.probes.length, 1);
  });

  it("backs off from failure to failure and shows the second", async () => {
    world.monitor.start(true);
    const delays: (number | undefined)[] = [];
    while (delays.length < 6) {
      world.elapse();
      await world.answer("unreachable");
      delays.push(world.nextDelay());
    }
    assert.deepEqual(delays, [15_000, 30_000, 60_000, 120_000, 300_000, 300_000]);
    const distinct = world.shown.map(({ report }) => report?.state).slice(0, 2);
    assert.deepEqual(distinct, [undefined, "unreachable"]);
  });

  it("stops after a refused key until the settings change", async () => {
    world.monitor.start(true);
    world.elapse();
    await world.answer("unauthorized");
    assert.equal(world.nextDelay(), undefined);
    world.monitor.setFocused(false);
    world.monitor.setFocused(true);
    assert.equal(world.nextDelay(), undefined);
    world.monitor.settingsChanged();
    assert.equal(world.shownState(), undefined);
    assert.equal(world.nextDelay(), 3_000);
  });

  it("checks at once when asked, and says that it is checking", async () => {
    world.monitor.start(true);
    const check = world.monitor.checkNow();
    assert.equal(world.monitor.shown.checking, true);
    assert.equal(world.nextDelay(), undefined);
    await world.answer("unreachable");
    assert.equal((await check)?.state, "unreachable");
    assert.deepEqual(
      world.shown.map(({ report, checking }) => [report?.state, checking]),
      [
        [undefined, true],
        ["unreachable", false],
      ],
    );
    assert.equal(world.nextDelay(), 15_000);
  });

  it("joins a check that runs already", async () => {
    const checks = [world.monitor.checkNow(), world.monitor.checkNow()];
    assert.equal(world.probes.length, 1);
    await world.answer("ok");
    assert.deepEqual(
      (await Promise.all(checks)).map((report) => report?.state),
      ["ok", "ok"],
    );
  });

  it("replaces a background probe by the user's check and ignores its late answer", async () => {
    world.monitor.start(true);
    world.elapse();
    const check = world.monitor.checkNow();
    const [background, asked] = world.probes;
    assert.equal(background?.signal.aborted, true);
    await background.answer("unauthorized");
    assert.equal(world.shownState(), undefined);
    await asked?.answer("ok");
    assert.equal((await check)?.state, "ok");
    assert.equal(world.shownState(), "ok");
  });

  it("passes a cancellation on and keeps what it showed", async () => {
    world.monitor.start(true);
    world.elapse();
    await world.answer("ok");
    const cancellation = new AbortController();
    const check = world.monitor.checkNow(cancellation.signal);
    cancellation.abort();
    assert.equal(world.probes[0]?.signal.aborted, true);
    await world.answer(undefined);
    assert.equal(await check, undefined);
    assert.equal(world.shownState(), "ok");
    assert.equal(world.nextDelay(), 300_000);
  });

  it("drops the answer of a background probe that was overtaken by a change of settings", async () => {
    world.monitor.start(true);
    world.elapse();
    world.monitor.settingsChanged();
    await world.answer("ok");
    assert.equal(world.shownState(), undefined);
    assert.equal(world.nextDelay(), 3_000);
  });

  it("checks anew for the user when the settings change meanwhile", async () => {
    const cancellation = new AbortController();
    const check = world.monitor.checkNow(cancellation.signal);
    world.monitor.settingsChanged();
    await world.answer("ok");
    assert.equal(world.shownState(), undefined, "the first answer belongs to other settings");
    await world.answer("unauthorized");
    assert.equal((await check)?.state, "unauthorized");
    assert.equal(world.shownState(), "unauthorized");
  });

  it("lets the user cancel a check that was begun anew", async () => {
    const cancellation = new AbortController();
    const check = world.monitor.checkNow(cancellation.signal);
    world.monitor.settingsChanged();
    cancellation.abort();
    assert.ok(world.probes.every(({ signal }) => signal.aborted));
    await world.answer(undefined);
    await world.answer(undefined);
    assert.equal(await check, undefined);
  });

  it("ends everything on dispose", async () => {
    world.monitor.start(true);
    const check = world.monitor.checkNow();
    const changes = world.shown.length;
    world.monitor.dispose();
    assert.equal(world.probes[0]?.signal.aborted, true);
    await world.answer("ok");
    assert.equal(await check, undefined);
    assert.equal(world.nextDelay(), undefined);
    assert.equal(world.shown.length, changes);
  });

  describe("when a key that was just entered is refused", () => {
    beforeEach(() => world.monitor.start(true));

    const enter = async (ageMs: number) => {
      world.monitor.keyEntered();
      world.now += ageMs;
      const check = world.monitor.checkNow();
      await world.answer("unauthorized");
      assert.equal((await check)?.state, "unauthorized", "the one who asked gets the raw answer");
    };
    const shown = () => [world.shownState(), world.monitor.shown.checking];

    it("is checking until it has been asked for again after 31 s, and then shows what came out", async () => {
      for (const second of ["ok", "unauthorized"] as const) {
        await enter(0);
        assert.deepEqual([...shown(), world.nextDelay()], [undefined, true, 31_000]);
        world.elapse();
        await world.answer(second);
        assert.deepEqual([...shown(), world.probes.length], [second, false, 0]);
      }
    });

    it("does not ask again for a key of a minute, or one that was there before", async () => {
      await enter(60_000);
      assert.deepEqual([...shown(), world.nextDelay()], ["unauthorized", false, undefined]);
      world = new World();
      const check = world.monitor.checkNow();
      await world.answer("unauthorized");
      await check;
      assert.deepEqual(shown(), ["unauthorized", false]);
    });

    it("waits wherever the focus is, and no longer for a check of the user's meanwhile", async () => {
      await enter(0);
      world.monitor.setFocused(false);
      world.now += 10_000;
      const check = world.monitor.checkNow();
      await world.answer("unauthorized");
      await check;
      assert.deepEqual([...shown(), world.nextDelay()], [undefined, true, 21_000]);
    });

    it("begins anew with another key, and ends with other settings", async () => {
      await enter(0);
      world.now += 30_000;
      await enter(0);
      assert.equal(world.nextDelay(), 31_000);
      world.monitor.settingsChanged();
      assert.deepEqual([...shown(), world.nextDelay()], [undefined, false, 3_000]);
    });

    it("shows at once that a key is refused which was accepted before", async () => {
      world.monitor.keyEntered();
      for (const state of ["ok", "unauthorized"] as const) {
        const check = world.monitor.checkNow();
        await world.answer(state);
        await check;
        assert.deepEqual(shown(), [state, false]);
      }
    });

    it("shows at once what is no refusal", async () => {
      world.monitor.keyEntered();
      const check = world.monitor.checkNow();
      await world.answer("noQuota");
      await check;
      assert.deepEqual(shown(), ["noQuota", false]);
    });
  });
});
