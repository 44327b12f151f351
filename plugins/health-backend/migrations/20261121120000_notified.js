// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('alerts', table => {
    table
      .timestamp('notified_at', { useTz: true })
      .comment('Its owners were notified: they are told of its end too');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('alerts', table => {
    table.dropColumn('notified_at');
  });
};
