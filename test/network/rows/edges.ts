import { createServer } from "node:http";
import { listening } from "../../gateway/boxes/box";
import { type EdgeOptions, startEdge } from "../../gateway/boxes/edge";
import type { Group, Row } from "../row";
import { certificateFor, PUBLIC } from "../scene";

const behind =
  (options: EdgeOptions): Row["endpoint"] =>
  async (scene) => {
    const edge = startEdge(scene.gatewayPort, certificateFor("localhost", PUBLIC), options);
    return `https://localhost:${(await scene.open(edge)).port}`;
  };

export const EDGES: Group = {
  title: "A CDN or load balancer before the gateway",
  environment: (scene) => scene.trust(PUBLIC),
  rows: [
    {
      box: "HTTP/2 only",
      codex: true,
      opencode: false,
      says: "network/tls-failed",
      isStricter: true,
      endpoint: behind({ http2Only: true }),
    },
    {
      box: "301 to `http://`",
      codex: false,
      opencode: false,
      says: "endpoint/redirect",
      endpoint: async (scene) => {
        const plain = await scene.open(
          listening(createServer((_, response) => response.writeHead(404).end())),
        );
        const answers: EdgeOptions["answers"] = ({ url }, response) => {
          response.writeHead(301, { location: `http://localhost:${plain.port}${url}` }).end();
          return true;
        };
        return behind({ answers })(scene);
      },
    },
    {
      box: "the list of models always compressed",
      codex: true,
      opencode: true,
      says: "ok",
      endpoint: behind({ compresses: /\/models/ }),
    },
    {
      box: "every answer always compressed, streams too",
      codex: false,
      opencode: true,
      says: "ok",
      isUnseen: true,
      endpoint: behind({ compresses: /./ }),
    },
    {
      box: "413 for every question",
      codex: false,
      opencode: false,
      says: "ok",
      isUnseen: true,
      endpoint: behind({
        answers: ({ method }, response) => {
          if (method !== "POST") return false;
          response.writeHead(413, { "content-type": "text/html" }).end(TOO_LARGE);
          return true;
        },
      }),
    },
  ],
};

/** As nginx says it. */
const TOO_LARGE =
  "<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n" +
  "<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx/1.26.2</center>\r\n</body>\r\n</html>\r\n";
