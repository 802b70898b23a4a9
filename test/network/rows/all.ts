import type { Group } from "../row";
import { BLOCK_PAGES } from "./blockPages";
import { CERTIFICATES } from "./certificates";
import { EDGES } from "./edges";
import { EXCEPTIONS } from "./exceptions";
import { PROXY_VALUES } from "./proxyValues";
import { PROXY_VARIABLES } from "./proxyVariables";
import { RESOLVERS } from "./resolvers";
import { SYSTEM_STORE } from "./systemStore";
import { TLS_FAULTS } from "./tlsFaults";
import { TUNNELS } from "./tunnels";
import { WIRES } from "./wires";

export const SECTIONS: Readonly<Record<string, readonly Group[]>> = {
  "A company's proxy that opens every connection, and where its authority is trusted": CERTIFICATES,
  "The system's store of authorities": SYSTEM_STORE,
  "The certificate and TLS at the other end": [TLS_FAULTS],
  "What a proxy answers to CONNECT": TUNNELS,
  "How `HTTPS_PROXY` is written": PROXY_VALUES,
  "Which variable names the proxy": PROXY_VARIABLES,
  "Exceptions from the proxy": EXCEPTIONS,
  "A filter that answers in the gateway's place": [BLOCK_PAGES],
  "A CDN or load balancer before the gateway": [EDGES],
  "What the name server answers": [RESOLVERS],
  "Slow and lossy wires": [WIRES],
};

export const GROUPS: readonly Group[] = Object.values(SECTIONS).flat();
