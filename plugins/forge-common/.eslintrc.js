module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  // openapi-fetch names its methods as HTTP does: api.GET(...).
  rules: { 'new-cap': ['error', { capIsNew: false }] },
});
