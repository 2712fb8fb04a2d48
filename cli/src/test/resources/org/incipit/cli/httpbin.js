// httpbin.js PORT: talks to `incipit httpbin` with Node's http.
'use strict';
const assert = require('node:assert');
const crypto = require('node:crypto');
const http = require('node:http');
const zlib = require('node:zlib');

const port = Number(process.argv[2]);
const agent = new http.Agent({keepAlive: true, maxSockets: 4});

function ask(method, path, {body = [], headers = {}, slowly = false} = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({host: '127.0.0.1', port, method, path, headers, agent}, (answer) => {
      const parts = [];
      answer.on('data', (part) => {
        parts.push(part);
        if (slowly) {
          answer.pause();
          setTimeout(() => answer.resume(), 1);
        }
      });
      answer.on('end', () => resolve({answer, reused: request.reusedSocket, body: Buffer.concat(parts)}));
      answer.on('error', reject);
    });
    request.on('error', reject);
    request.on('continue', () => request.end());
    for (const part of body) request.write(part);
    if (!('Expect' in headers)) request.end();
    else request.flushHeaders();
  });
}

const json = async (...args) => JSON.parse((await ask(...args)).body);

async function main() {
  const report = await json('GET', '/get?x=1&x=2&y=%E2%99%AB', {headers: {'X-Custom': 'a\tb'}});
  assert.deepStrictEqual(report.args, {x: ['1', '2'], y: '\u266b'});
  assert.strictEqual(report.headers['X-Custom'], 'a\tb');

  // Written in pieces, Node sends chunks.
  const parts = [1, 100, 65536, 200000].map((n) => crypto.randomBytes(n));
  const echoed = await ask('POST', '/echo', {body: parts});
  assert.ok(echoed.body.equals(Buffer.concat(parts)));

  const expecting = await ask('POST', '/post', {headers: {'Expect': '100-continue', 'Content-Length': 0}})
      .catch((e) => e);
  assert.strictEqual(expecting.answer?.statusCode, 200);

  const boundary = 'boundary';
  const form = [
    `--${boundary}\r\nContent-Disposition: form-data; name="field"\r\n\r\nvalue\r\n`,
    `--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="n"\r\n\r\ncontent\r\n--${boundary}--\r\n`,
  ];
  const filled = await json('POST', '/post', {
    body: form, headers: {'Content-Type': `multipart/form-data; boundary=${boundary}`}});
  assert.deepStrictEqual([filled.form, filled.files], [{field: 'value'}, {f: 'content'}]);

  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    assert.strictEqual((await json(method, '/anything/of/this', {})).method, method);
  }
  const head = await ask('HEAD', '/json');
  assert.deepStrictEqual([head.answer.statusCode, head.body.length], [200, 0]);
  assert.ok(head.reused, 'the connection is used again');
  const options = await ask('OPTIONS', '/get');
  assert.match(options.answer.headers.allow, /GET, HEAD, OPTIONS/);

  const packed = await ask('GET', '/gzip');
  assert.strictEqual(JSON.parse(zlib.gunzipSync(packed.body)).gzipped, true);

  const slow = await ask('GET', '/stream-bytes/2000000?chunk_size=20000&seed=3', {slowly: true});
  const fast = await ask('GET', '/bytes/2000000?seed=3');
  assert.strictEqual(slow.body.length, 2000000);
  assert.strictEqual(fast.answer.headers['content-length'], '2000000');

  for (const status of [201, 204, 302, 304, 400, 404, 500]) {
    assert.strictEqual((await ask('GET', `/status/${status}`)).answer.statusCode, status);
  }
  const events = await ask('GET', '/sse?count=5');
  assert.strictEqual(events.answer.headers['content-type'].split(';')[0], 'text/event-stream');
  assert.strictEqual(events.body.toString().match(/^data:/gm).length, 5);

  const all = await Promise.all(Array.from({length: 500}, (_, i) => ask('POST', `/n/${i}`, {body: [`${i}`]})));
  all.forEach(({body}, i) => assert.strictEqual(body.toString(), `${i}`));
  agent.destroy();
}

main().then(() => console.log('all well'), (e) => {
  console.error('FAILED: ' + e.stack);
  process.exit(1);
});
