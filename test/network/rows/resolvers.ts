import { type NameAnswer, startResolver } from "../../gateway/boxes/resolver";
import { OWN_ADDRESS } from "../namespace";
import type { Group, Row } from "../row";
import { certificateFor, PUBLIC } from "../scene";

interface Answers {
  readonly a: NameAnswer;
  readonly aaaa: NameAnswer;
}

type Fates = readonly [codex: boolean, opencode: boolean];
type Case = readonly [box: string, fates: Fates, says: string, answers: Answers];

const withAaaa = (box: string, aaaa: NameAnswer): Case => [
  box,
  [false, true],
  "network/ipv6-dns",
  { a: [OWN_ADDRESS], aaaa },
];

const CASES: readonly Case[] = [
  ["an IPv4 address and none of IPv6", [true, true], "ok", { a: [OWN_ADDRESS], aaaa: [] }],
  withAaaa("AAAA: SERVFAIL", "SERVFAIL"),
  withAaaa("AAAA: REFUSED", "REFUSED"),
  withAaaa("AAAA: NXDOMAIN", "NXDOMAIN"),
  withAaaa("AAAA: no answer", "silence"),
  ["the name is unknown", [false, false], "network/dns", { a: "NXDOMAIN", aaaa: "NXDOMAIN" }],
  ["the name is 0.0.0.0", [false, false], "network/dns-blocked", { a: ["0.0.0.0"], aaaa: ["::"] }],
  ["the name is 127.0.0.1", [false, false], "network/dns-blocked", { a: ["127.0.0.1"], aaaa: [] }],
];

/** Each case has a name of its own, so that one name server answers for all. */
const nameOf = (index: number) => `case-${index}.gateway.test`;

export const RESOLVERS: Group = {
  title: "What the name server answers",
  namespace: true,
  environment: async (scene) => {
    const byName = new Map(CASES.map(([, , , answers], index) => [nameOf(index), answers]));
    await scene.open(
      startResolver((name, family) => {
        const answers = byName.get(name) ?? { a: "NXDOMAIN", aaaa: "NXDOMAIN" };
        return family === 4 ? answers.a : answers.aaaa;
      }),
    );
    await scene.cover("/etc/resolv.conf", "nameserver 127.0.0.1\n");
    return scene.trust(PUBLIC);
  },
  rows: CASES.map(([box, [codex, opencode], says, { a }], index): Row => {
    const name = nameOf(index);
    return {
      box,
      codex,
      opencode,
      says,
      endpoint: async (scene) => {
        // Who blocks a name has nothing there, or a page at most.
        if (!a.includes(OWN_ADDRESS)) return `https://${name}`;
        return `https://${name}:${await scene.secure(certificateFor(name, PUBLIC), OWN_ADDRESS)}`;
      },
    };
  }),
};
