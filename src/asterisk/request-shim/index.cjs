// ari-client calls request(url, callback) exactly once, to learn whether Asterisk answers.
// The real package is abandoned and carries GHSA-p8p7-x288-28g6, so this stands in its place.
const http = require('node:http');
const https = require('node:https');

const REACH_TIMEOUT_MS = 5_000;

/**
 * @param {string} url address to reach
 * @param {(error: Error | null, response?: import('node:http').IncomingMessage) => void} callback
 */
module.exports = function request(url, callback) {
  const { get } = url.startsWith('https:') ? https : http;
  const attempt = get(url, { timeout: REACH_TIMEOUT_MS }, (response) => {
    response.resume();
    response.on('end', () => callback(null, response));
  });
  attempt.on('timeout', () => attempt.destroy(new Error(`no answer from ${new URL(url).host}`)));
  attempt.on('error', callback);
};
