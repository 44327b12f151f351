// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('deployments', table => {
    table.uuid('id').primary();
    table.text('entity_ref').notNullable();
    table.text('repository').notNullable();
    table.text('environment').notNullable();
    table.text('sha').notNullable();
    table.text('key').notNullable();
    table.text('state').notNullable();
    table.text('reason');
    table.text('requested_by').notNullable();
    table.text('origin').notNullable();
    table.text('image');
    table.text('url').comment('Where the component answers');
    table.uuid('superseded_by');
    table
      .text('stop_reason')
      .comment('Asks the replica that runs it to stop, in words');
    table.timestamp('requested_at', { useTz: true }).notNullable();
    table.timestamp('finished_at', { useTz: true });
    table
      .bigIncrements('ordinal', { primaryKey: false })
      .notNullable()
      .comment('Order of request');
    table.integer('version').notNullable().defaultTo(1);
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('lease_owner');
    table.timestamp('lease_until', { useTz: true });
    table.unique(['repository', 'environment', 'key']);
    table.index(['entity_ref', 'environment', 'ordinal']);
    table.index(['repository', 'ordinal']);
  });
  await knex.raw(`
    CREATE UNIQUE INDEX deployments_one_active ON deployments (entity_ref, environment)
    WHERE state IN ('building', 'applying', 'rolling out')`);
  await knex.raw(`
    CREATE INDEX deployments_open ON deployments (ordinal)
    WHERE state IN ('queued', 'building', 'applying', 'rolling out')`);
  await knex.schema.createTable('deployment_log', table => {
    table.bigIncrements('n');
    table
      .uuid('deployment_id')
      .notNullable()
      .references('id')
      .inTable('deployments')
      .onDelete('CASCADE');
    table.timestamp('at', { useTz: true }).notNullable();
    table.text('line').notNullable();
    table.index(['deployment_id', 'n']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('deployment_log');
  await knex.schema.dropTable('deployments');
};
