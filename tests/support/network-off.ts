import net from 'node:net';

/**
 * Tests reach this machine and nothing else. Whatever else they would connect to is played (nock answers before a
 * socket is opened), so a connection to the outside is a mistake that must show here, and not on a machine whose
 * network happens to be closed.
 */
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|0\.0\.0\.0|::)$/;

/** Node's own callers pass the arguments as one array, [options, callback]; people as options, or port and host. */
function hostOf(args: unknown[]): string | undefined {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first !== 'object' || first === null) return typeof args[1] === 'string' ? args[1] : undefined;
  if ('path' in first && first.path) return undefined;
  return 'host' in first && typeof first.host === 'string' ? first.host : undefined;
}

const { connect } = net.Socket.prototype;
function connectHere(this: net.Socket, ...args: unknown[]) {
  const host = hostOf(args);
  if (host === undefined || LOOPBACK.test(host)) return Reflect.apply(connect, this, args);
  const error = new Error(`A test tried to reach ${host}; play the outside world with nock.`);
  // Fails where a name that nobody has would fail, so that every library reports it in its own way.
  const refuse = (_host: string, _options: unknown, done: (error: Error) => void) => done(error);
  return Reflect.apply(connect, this, [{ host: 'outside.invalid', port: 1, lookup: refuse }]);
}
// Test files share a process, and this runs before each of them.
if (connect.name !== connectHere.name) net.Socket.prototype.connect = connectHere;
