// Loaded before Prisma's command line by generate-client.mjs. That command line always loads @prisma/dev, a local
// development server which we never use, which needs Node.js 22 and brings another 40 packages; package.json
// replaces it by an empty package, and this answers for it.
const Module = require('node:module');

const load = Module._load;
Module._load = function loadUnlessDevServer(request, ...rest) {
  if (request === '@prisma/dev' || request.startsWith('@prisma/dev/'))
    return { ServerState: class ServerState {} };
  return load.call(this, request, ...rest);
};
