// Loaded by every Node that an example starts: a connection to anything but this machine is noted and refused.
const fs = require("node:fs");
const net = require("node:net");

const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function guarded(...given) {
  const first = Array.isArray(given[0]) ? given[0][0] : given[0];
  const host = typeof first === "object" ? first.host ?? "localhost" : given[1] ?? "localhost";
  if (!/^(localhost|::1|127\..*)$/.test(host)) {
    fs.appendFileSync(process.env.EXAMPLES_GUARD, `connect ${host}\n`);
    throw new Error(`an example may not ask ${host}`);
  }
  return connect.apply(this, given);
};
