module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  // The methods of openapi-fetch are named like those of HTTP.
  rules: { 'new-cap': ['error', { capIsNew: false }] },
});
