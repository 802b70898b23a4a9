import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { applyChange } from "../../../src/changes/apply";
import { readOriginalValues } from "../../../src/changes/history/before";
import type { ChangePlan } from "../../../src/changes/plan";
import type { JournalEntry } from "../../../src/changes/store";
import { prepareChange } from "../../../src/changes/prepare";
import type { Client, ClientState } from "../../../src/clients/client";
import { CLIENT_IDS } from "../../../src/clients/clientId";
import { CLIENTS } from "../../../src/clients/registry";
import { API_KEY, ENDPOINT, Machine, OTHER_KEY } from "../doctor/machine";

const PROFILE = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.5", reviewModel: "gpt-5.5" };
const OPTIONS = { fix: false, versions: [] };

/** A client on a machine where nobody has used it before. */
class Fresh {
  constructor(
    readonly client: Client,
    readonly machine: Machine,
  ) {}

  inspect(): Promise<ClientState> {
    return this.client.inspect(this.machine.sources().environment, ENDPOINT);
  }

  async change(plan: (state: ClientState) => ChangePlan | Promise<ChangePlan>): Promise<JournalEntry> {
    const makePlan = async () => plan(await this.inspect());
    const entry = await applyChange(this.machine.store, makePlan, await prepareChange(fs, await makePlan()));
    assert.ok(entry, "something was changed");
    return entry;
  }

  configure(): Promise<JournalEntry> {
    return this.change((state) => this.client.planConfiguration(state, PROFILE, OPTIONS));
  }
}

for (const id of CLIENT_IDS) {
  const client = CLIENTS[id];
  const onFresh = (test: (fresh: Fresh) => Promise<void>) => () =>
    Machine.use({}, (machine) => test(new Fresh(client, machine)));

  describe(`${client.name}, as every client,`, () => {
    it(
      "is told from one that uses TokenPool",
      onFresh(async (fresh) => {
        const before = await fresh.inspect();
        assert.equal(before.client, id);
        assert.deepEqual([before.usesTokenPool, before.apiKey], [false, undefined]);
        assert.ok(before.files.length > 0);
        await fresh.configure();
        const { usesTokenPool, baseUrl = "", apiKey, absentFiles } = await fresh.inspect();
        assert.deepEqual([usesTokenPool, apiKey, absentFiles], [true, API_KEY, []]);
        assert.ok(baseUrl.startsWith(ENDPOINT), baseUrl);
      }),
    );

    it(
      "writes only files that it names, and names each that holds the key",
      onFresh(async (fresh) => {
        const { files } = await fresh.configure();
        const { files: named, heldKeys } = await fresh.inspect();
        assert.deepEqual(
          files.map(({ path }) => path).filter((path) => !named.includes(path)),
          [],
        );
        const texts = [...(await fresh.machine.allFiles())].filter(([, text]) => text.includes(API_KEY));
        assert.ok(texts.length > 0);
        for (const [name] of texts)
          assert.ok(
            heldKeys.some(({ path }) => path.replaceAll("\\", "/").endsWith(`/${name}`)),
            name,
          );
        for (const { path, credential } of files)
          if (heldKeys.some((held) => held.path === path)) assert.ok(credential, path);
      }),
    );

    it(
      "has nothing to change when it is configured, and takes another key alone",
      onFresh(async (fresh) => {
        await fresh.configure();
        const again = client.planConfiguration(await fresh.inspect(), PROFILE, OPTIONS);
        const { files } = await prepareChange(fs, again);
        assert.ok(files.every(({ change }) => change === "unchanged"));
        await fresh.change((state) => client.planKeyUpdate(state, OTHER_KEY));
        assert.equal((await fresh.inspect()).apiKey, OTHER_KEY);
      }),
    );

    it(
      "tells the key that it sends, and where, once it is configured",
      onFresh(async (fresh) => {
        const { environment } = fresh.machine.sources();
        const sent = async () => client.sentKeys(environment, await fresh.inspect(), ENDPOINT);
        assert.deepEqual(await sent(), []);
        await fresh.configure();
        const keys = (await sent()).map(({ apiKey, baseUrl = "" }) => [apiKey, baseUrl.replace(/\/v1$/, "")]);
        assert.deepEqual(keys, [[API_KEY, ENDPOINT]]);
      }),
    );

    it(
      "leaves TokenPool again, without the key, and by undo without a trace",
      onFresh(async (fresh) => {
        const { machine } = fresh;
        const entry = await fresh.configure();
        await fresh.change(() => client.planUndo(machine.store, entry));
        assert.deepEqual([...(await machine.allFiles())], []);
        await fresh.configure();
        const originals = await readOriginalValues(machine.store);
        await fresh.change((state) => client.planRemoval(state, originals));
        const { usesTokenPool, apiKey } = await fresh.inspect();
        assert.deepEqual([usesTokenPool, apiKey], [false, undefined]);
        assert.ok([...(await machine.allFiles()).values()].every((text) => !text.includes(API_KEY)));
      }),
    );
  });
}
