import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLIENTS } from "../../../../src/clients/registry";
import { parseCertificates } from "../../../../src/clients/network/certificates";
import type { Variables } from "../../../../src/clients/machine/joinVariables";
import type { FileSystem } from "../../../../src/changes/disk/userFile";
import { type ClientWay, clientWays } from "../../../../src/clients/network/clientWays";
import { authority } from "../../health/certificate";

const GATEWAY = new URL("https://api.gateway.invalid");
const certificates = {
  public: authority("Public"),
  system: authority("System"),
  company: authority("Company"),
};
const base64 = (name: keyof typeof certificates) => parseCertificates(certificates[name].cert)[0] ?? "";
const PUBLIC = base64("public");
const SYSTEM = base64("system");
const USUAL = { everybodys: [PUBLIC], system: [PUBLIC, SYSTEM] };

describe("the clients' ways", () => {
  let folder: string;
  before(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "tokenpool-ways-"));
    await fs.writeFile(join(folder, "company.pem"), `# the company's\n${certificates.company.cert}`);
    await fs.writeFile(join(folder, "system.pem"), certificates.system.cert + certificates.public.cert);
    await fs.writeFile(join(folder, "empty.pem"), "");
    await fs.mkdir(join(folder, "none"));
    await fs.mkdir(join(folder, "hashed"));
    await fs.writeFile(join(folder, "hashed", "0a1b2c3d.0"), certificates.system.cert);
    await fs.mkdir(join(folder, "company"));
    await fs.writeFile(join(folder, "company", "1b2c3d4e.0"), certificates.company.cert);
  });
  after(() => fs.rm(folder, { recursive: true }));

  const waysWith = (variables: Variables, platform: NodeJS.Platform = "linux") =>
    clientWays(
      { fs: platform === "win32" ? windowsPaths() : fs, homeDirectory: folder, platform, variables },
      GATEWAY,
      (["codex", "opencode"] as const).map((id) => ({ id, network: CLIENTS[id].network, variables })),
      USUAL,
    );
  /** The file system of this machine by paths of Windows. */
  const windowsPaths = (): FileSystem => {
    const here = (file: unknown) => String(file).replaceAll("\\", "/");
    const readdir = (file: string) => fs.readdir(here(file));
    const open: FileSystem["open"] = (file, ...rest) => fs.open(here(file), ...rest);
    return { ...fs, open, ...({ readdir } as Pick<FileSystem, "readdir">) };
  };
  const summary = ({ clients, authorities, trustVariables }: ClientWay) => [
    clients.join(),
    authorities &&
      ["public", "system", "company"].filter((name) => authorities.includes(base64(name as "public"))).join(),
    trustVariables.join(),
  ];

  const both = [["codex,opencode", undefined, ""]];
  const table: [string, Variables, unknown[]][] = [
    ["nothing set", {}, both],
    [
      "NODE_EXTRA_CA_CERTS, which Codex does not read",
      { NODE_EXTRA_CA_CERTS: "company.pem" },
      [
        ["codex", undefined, ""],
        ["opencode", "public,system,company", "NODE_EXTRA_CA_CERTS"],
      ],
    ],
    [
      "SSL_CERT_FILE, which for Codex stands for all others",
      { SSL_CERT_FILE: "company.pem" },
      [
        ["codex", "company", "SSL_CERT_FILE"],
        ["opencode", "public,system,company", "SSL_CERT_FILE"],
      ],
    ],
    [
      "CODEX_CA_CERTIFICATE, which OpenCode does not read",
      { CODEX_CA_CERTIFICATE: "company.pem" },
      [
        ["codex", "public,system,company", "CODEX_CA_CERTIFICATE"],
        ["opencode", undefined, ""],
      ],
    ],
    [
      "one variable for each client",
      { CODEX_CA_CERTIFICATE: "company.pem", NODE_EXTRA_CA_CERTS: "company.pem" },
      [["codex,opencode", "public,system,company", "CODEX_CA_CERTIFICATE"]],
    ],
    ["SSL_CERT_FILE with the system's own file", { SSL_CERT_FILE: "system.pem" }, both],
    ["a file that is missing", { SSL_CERT_FILE: "missing.pem", CODEX_CA_CERTIFICATE: "missing.pem" }, both],
    ["a file without certificates", { SSL_CERT_FILE: "empty.pem", NODE_EXTRA_CA_CERTS: "empty.pem" }, both],
    [
      "an empty SSL_CERT_DIR, which hides the system from OpenCode",
      { SSL_CERT_DIR: "none" },
      [
        ["codex", undefined, ""],
        ["opencode", "public", ""],
      ],
    ],
    ["SSL_CERT_DIR with authorities", { SSL_CERT_DIR: "hashed" }, both],
  ];
  for (const [name, files, expected] of table) {
    it(`are as measured: ${name}`, async () => {
      const variables = Object.fromEntries(
        Object.entries(files).map(([variable, file]) => [variable, join(folder, file ?? "")]),
      );
      assert.deepEqual((await waysWith(variables)).map(summary), expected);
    });
  }

  for (const [platform, colon] of [
    ["win32", ";"],
    ["darwin", ":"],
  ] as const) {
    describe(`with SSL_CERT_DIR on ${platform}, as measured with OpenCode on Windows`, () => {
      const opencodeWith = async (...names: string[]) => {
        const SSL_CERT_DIR = names.map((name) => join(folder, name)).join(colon);
        return (await waysWith({ SSL_CERT_DIR }, platform)).map(summary).at(-1);
      };

      it("hides nothing of the system's own store", async () =>
        assert.deepEqual(await opencodeWith("none"), both[0]));

      it("adds the authorities in each of its folders", async () =>
        assert.deepEqual(await opencodeWith("none", "company"), [
          "opencode",
          "public,system,company",
          "SSL_CERT_DIR",
        ]));

      it("adds none whose file has another name than OpenSSL looks for", async () => {
        await fs.rename(join(folder, "company", "1b2c3d4e.0"), join(folder, "company", "company.pem"));
        assert.deepEqual(await opencodeWith("company"), both[0]);
        await fs.rename(join(folder, "company", "company.pem"), join(folder, "company", "1b2c3d4e.0"));
      });
    });
  }

  it("are one where only the way of looking names up differs, which costs no request", async () => {
    const strict = async (platform: NodeJS.Platform) =>
      (await waysWith({}, platform)).map(({ strictResolvers }) => strictResolvers);
    assert.deepEqual(await strict("linux"), [["codex"]]);
    assert.deepEqual(await strict("win32"), [[]]);
  });

  it("are two where one client does not read a proxy", async () => {
    const ways = await waysWith({ ALL_PROXY: "http://proxy:3128" });
    assert.deepEqual(
      ways.map(({ clients, proxy }) => [clients.join(), proxy?.address]),
      [
        ["codex", "http://proxy:3128"],
        ["opencode", undefined],
      ],
    );
  });
});
