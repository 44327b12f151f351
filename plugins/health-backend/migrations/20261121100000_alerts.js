// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('service_files', table => {
    table.comment('The last ghostlight.yaml that could be read of each entity');
    table.text('entity_ref').primary();
    table.text('source').notNullable().comment('Where it came from');
    table.text('sha');
    table.binary('content').notNullable();
    table.timestamp('read_at', { useTz: true }).notNullable();
  });

  await knex.schema.createTable('alert_leases', table => {
    table.comment('Which replica evaluates which entity, and when it is due');
    table.text('entity_ref').primary();
    table.timestamp('due_at', { useTz: true }).notNullable();
    table.text('owner');
    table.timestamp('until', { useTz: true });
    table
      .bigInteger('epoch')
      .notNullable()
      .defaultTo(0)
      .comment('Grows with each lease, so that an owner of old writes nothing');
    table.index(['due_at']);
  });

  await knex.schema.createTable('alert_conditions', table => {
    table.comment('Since when thresholds are crossed or kept to');
    table.text('entity_ref').notNullable();
    table.text('environment').notNullable();
    table.text('kind').notNullable();
    table.text('name').notNullable();
    table.timestamp('wrong_since', { useTz: true });
    table.timestamp('right_since', { useTz: true });
    table.timestamp('known_at', { useTz: true });
    table.primary(['entity_ref', 'environment', 'kind', 'name']);
  });

  await knex.schema.createTable('alerts', table => {
    table.uuid('id').primary();
    table.text('entity_ref').notNullable();
    table.text('environment').notNullable();
    table.text('name').notNullable();
    table.text('kind').notNullable();
    table.text('severity').notNullable();
    table.text('state').notNullable();
    table.integer('version').notNullable().defaultTo(1);
    table.text('metric');
    table.text('side').notNullable();
    table.text('unit').notNullable();
    table.double('threshold').notNullable();
    table.double('worst').comment('The worst value while it fired');
    table.double('latest').comment('The value when it was last known');
    table.text('detail').comment('Of a burn rate: its windows');
    table.timestamp('started_at', { useTz: true }).notNullable();
    table.timestamp('wrong_since', { useTz: true }).notNullable();
    table.timestamp('last_seen_at', { useTz: true }).notNullable();
    table.timestamp('unknown_since', { useTz: true });
    table.timestamp('resolved_at', { useTz: true });
    table.text('resolution');
    table.text('acknowledged_by');
    table.timestamp('acknowledged_at', { useTz: true });
    table.text('note');
    table
      .timestamp('notify_at', { useTz: true })
      .comment('Its owners are still to be notified, not before this');
    table.index(['entity_ref', 'started_at']);
    table.index(['state', 'started_at']);
    table.index(['resolved_at']);
  });
  await knex.raw(`
    CREATE UNIQUE INDEX alerts_one_open ON alerts (entity_ref, environment, name, kind)
    WHERE state = 'firing'`);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('alerts');
  await knex.schema.dropTable('alert_conditions');
  await knex.schema.dropTable('alert_leases');
  await knex.schema.dropTable('service_files');
};
