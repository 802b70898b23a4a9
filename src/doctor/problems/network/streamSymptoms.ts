import { symptom } from "../../explain/symptom";
import { COMPRESSED_STREAM, NOT_YET_VALID } from "./finerWords";

/** The beginning by which an error of the system is known to be Codex's: every Rust program ends its own alike. */
function ofCodex(reason: string): RegExp {
  return new RegExp(
    `^(?:stream disconnected before completion: |error sending request for url|Connection failed: ).{0,300}(?:${reason})`,
    "i",
  );
}

/**
 * "stream disconnected before completion: <reason>" says why; words of the gateway behind it are judged as
 * its words are anywhere. The numbers of Windows, Linux and macOS are the same in every language.
 */
export const streamSymptoms = [
  symptom(ofCodex("builder error"), "endpoint/malformed"),
  symptom(ofCodex("too many redirects"), "endpoint/redirect"),
  symptom(
    ofCodex("\\(os error (?:10061|111|61|10060|110|60|10051|10065|101|113|65)\\)|connection refused"),
    ["network/unreachable", "network/proxy-mismatch"],
    ["codex/dead-local-proxy"],
  ),
  symptom(ofCodex("\\(os error 1100[14]\\)|failed to lookup address|dns error|no such host"), "network/dns"),
  // Older versions print the name of the error, newer ones a sentence.
  symptom(
    ofCodex("invalid peer certificate: .{0,40}(?:Expired|certificate expired)"),
    "network/certificate-expired",
  ),
  symptom(
    ofCodex("invalid peer certificate: .{0,40}(?:NotValidYet|certificate not valid yet)"),
    "network/certificate-expired",
    [],
    NOT_YET_VALID,
  ),
  symptom(
    ofCodex("invalid peer certificate: .{0,40}(?:NotValidForName|certificate not valid for name)"),
    "network/certificate-wrong-host",
  ),
  symptom(ofCodex("invalid peer certificate|certificate verify failed|UnknownIssuer"), [
    "network/untrusted-certificate",
  ]),
  symptom(ofCodex("tls handshake eof|handshake failure|received corrupt message"), [
    "network/tls-failed",
    "network/proxy-unreachable",
    "network/filtered",
  ]),
  symptom(
    ofCodex(
      "\\(os error (?:10054|10053|104|103|54|53|32)\\)|connection reset|connection closed before message|idle timeout|error decoding response body|unexpected (?:EOF|end of file)|broken pipe",
    ),
    "network/stream-cut",
  ),
  symptom(ofCodex("UTF8 error"), ["network/stream-cut"], [], COMPRESSED_STREAM),
  symptom(ofCodex("websocket (?:closed|connection|protocol|error)"), "codex/websocket-fallback"),
  symptom(
    ofCodex(
      "An error occurred while processing your request|Upstream request failed|response\\.failed event|Incomplete response returned|The server had an error",
    ),
    "gateway/unavailable",
  ),
  symptom(
    /^stream disconnected before completion: stream cl/i,
    ["endpoint/website", "network/stream-cut", "gateway/unavailable"],
    ["endpoint/missing-v1", "endpoint/malformed", "endpoint/redirect"],
  ),
];
