// Preloaded into every Node process of the VS Code under test: no name but loopback's resolves, so that
// no test can reach a real endpoint, whatever it sets.
const dns = require("node:dns");

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/;

const lookup = dns.lookup;
dns.lookup = function (hostname, options, callback) {
  const done = typeof options === "function" ? options : callback;
  if (LOOPBACK.test(hostname)) return lookup.call(dns, hostname, options, callback);
  const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
    code: "ENOTFOUND",
    syscall: "getaddrinfo",
    hostname,
  });
  process.nextTick(done, error);
};
