import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { type Gateway, startGateway } from "../gateway/gateway";
import { runOrThrow } from "../harness/run";
import { startTlsFront } from "../gateway/boxes/tlsFront";
import { closedPort } from "../unit/health/loopback";
import { authority, type Certificate, issue } from "../unit/health/certificate";

export const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

/** Stands for the authorities that every program knows. */
export const PUBLIC = authority("Public Authority");
export const COMPANY = authority("Company Inspection");

/** For the name, by the authority, valid today. */
export const certificateFor = (name: string, by: Certificate, from = -1, to = 1): Certificate =>
  issue(name, inDays(from), inDays(to), by);

/** What one row needs: a gateway, the boxes before it, files. */
export class Scene {
  private constructor(
    readonly gateway: Gateway,
    readonly home: string,
  ) {}

  private readonly started: { readonly close: () => Promise<void> }[] = [];

  static async use<T>(test: (scene: Scene) => Promise<T>): Promise<T> {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "network-"));
    const scene = new Scene(await startGateway(), folder);
    try {
      return await test(scene);
    } finally {
      await Promise.all([...scene.started, scene.gateway].map(({ close }) => close()));
      await fs.rm(folder, { recursive: true, force: true });
    }
  }

  get gatewayPort(): number {
    return Number(new URL(this.gateway.url).port);
  }

  /** Closes the box when the row is over. */
  async open<T extends { readonly close: () => Promise<void> }>(box: Promise<T>): Promise<T> {
    const opened = await box;
    this.started.push(opened);
    return opened;
  }

  /** The gateway behind TLS. @returns its port */
  async secure(certificate: { cert: string; key: string }, address?: string): Promise<number> {
    return (await this.open(startTlsFront(this.gatewayPort, certificate, address))).port;
  }

  /** A proxy's address where nobody listens. */
  async closedProxy(): Promise<string> {
    return `http://127.0.0.1:${await closedPort()}`;
  }

  async file(name: string, content: string | Uint8Array): Promise<string> {
    const file = path.join(this.home, name);
    await fs.writeFile(file, content);
    return file;
  }

  /** @param files by name */
  async folder(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const folder = path.join(this.home, name);
    await fs.mkdir(folder);
    for (const [file, content] of Object.entries(files)) await fs.writeFile(path.join(folder, file), content);
    return folder;
  }

  /** In a namespace only: puts a text before a file of the system, for this program and its children. */
  async cover(systemFile: string, text: string): Promise<void> {
    const file = await this.file(path.basename(systemFile), text);
    await runOrThrow("mount", ["--bind", file, systemFile]);
  }

  /** The same with a folder. */
  async coverFolder(systemFolder: string, folder: string): Promise<void> {
    await runOrThrow("mount", ["--bind", folder, systemFolder]);
  }

  /** Makes both clients trust an authority beside those they know. */
  async trust({ cert, hostName }: Certificate): Promise<Record<string, string>> {
    const file = await this.file(`${hostName}.pem`, cert);
    return { CODEX_CA_CERTIFICATE: file, NODE_EXTRA_CA_CERTS: file };
  }
}
