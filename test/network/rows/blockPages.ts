import { createServer } from "node:http";
import { listening } from "../../gateway/boxes/box";
import { inspecting, silent, startTunnelProxy } from "../../gateway/boxes/tunnelProxy";
import type { Group, Row } from "../row";
import { certificateFor, COMPANY, type Scene } from "../scene";

const PAGE =
  "<!DOCTYPE html><html><head><title>Web Page Blocked</title></head><body><h1>Web Page Blocked</h1>" +
  "<p>Access to this address is against your organization's policy.</p></body></html>";
const FILTER = "https://filter.invalid/blocked?category=ai";

interface Page {
  readonly box: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

const html = { "content-type": "text/html; charset=utf-8" };
const PAGES: readonly Page[] = [
  { box: "200 and a page", status: 200, headers: html },
  { box: "401 and a page", status: 401, headers: html },
  { box: "403 and a page", status: 403, headers: html },
  { box: "451 and a page", status: 451, headers: html },
  { box: "302 to the filter's host", status: 302, headers: { location: FILTER } },
  { box: "307 to the filter's host", status: 307, headers: { location: FILTER } },
];

const hostOf = ({ status }: Page) => `status-${status}.invalid`;

/** Opens every connection to the gateway and answers in its place. */
async function filterProxy(scene: Scene): Promise<string> {
  const filter = createServer((request, response) => {
    const page = PAGES.find((each) => request.headers.host === hostOf(each)) ?? PAGES[0]!;
    response.writeHead(page.status, page.headers).end(page.headers["location"] ? "" : PAGE);
  });
  const { port } = await scene.open(listening(filter));
  const hosts = [...PAGES.map(hostOf), new URL(FILTER).hostname];
  const opened = new Map(hosts.map((host) => [host, inspecting(port, certificateFor(host, COMPANY))]));
  const proxy = startTunnelProxy((client, request) => {
    // The clients look for their makers' hosts, too.
    const answer = opened.get((request.url ?? "").split(":")[0] ?? "") ?? silent;
    answer(client, request);
  });
  return `http://127.0.0.1:${(await scene.open(proxy)).port}`;
}

export const BLOCK_PAGES: Group = {
  title: "A filter that answers in the gateway's place",
  environment: async (scene) => ({ ...(await scene.trust(COMPANY)), HTTPS_PROXY: await filterProxy(scene) }),
  rows: PAGES.map((page): Row => ({
    box: page.box,
    codex: false,
    opencode: false,
    says: "network/filtered",
    endpoint: () => Promise.resolve(`https://${hostOf(page)}`),
  })),
};
