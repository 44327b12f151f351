// The least a pod can be, so that what is measured is the way to it.
const server = require('node:http').createServer((request, response) => {
  request.resume();
  response.end('ok');
});
server.listen(process.env.PORT);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
